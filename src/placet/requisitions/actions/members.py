"""Members and units change, with what that means for open steps at once."""

from __future__ import annotations

from datetime import datetime
from typing import Unpack

from django.utils.translation import gettext as _

from placet.companies.holding import change_company_alone
from placet.companies.models import Member, Unit
from placet.companies.organisation import changes, closing, memberships, moves
from placet.companies.permissions import UNIT_MANAGE, can_do
from placet.companies.refusals import refuse_foreign
from placet.core.actor import Actor
from placet.core.transaction import transaction
from placet.plans.models import PurchasedLine
from placet.requisitions.actions.reassign_steps import reassign_all
from placet.requisitions.affected import list_asking, list_undecided
from placet.requisitions.models import Requisition
from placet.requisitions.permissions import UNDECIDED


@transaction
def change_member(
    member: Member,
    *,
    actor: Actor,
    now: datetime,
    version: int | None = None,
    **changed: Unpack[changes.MemberChanges],
) -> Member:
    """Change a membership: unit, manager, title, language, zone, external id.

    The one function that a form, the API and a directory call; nobody changes their own. Another
    manager is asked at the open steps of the member's purchases that climb the chain. Raises
    ``InvalidInput``, ``ChangedMeanwhile``, and ``NobodyLeft`` where a step would have nobody.
    """
    change_company_alone(member.company_id, actor=actor)
    before = member.manager_id
    changes.change_member(member, version=version, actor=actor, now=now, **changed)
    if member.manager_id != before:
        open_ones = list_undecided(member.company)
        reassign_all(open_ones, cause="manager_changed", actor=actor, now=now)
    return member


@transaction
def deactivate_member(member: Member, *, actor: Actor, now: datetime) -> Member:
    """End a membership: from this commit on they act by no channel, nor do their delegates.

    Open steps go on without them; one that nobody could take refuses it with ``NobodyLeft``.
    ``hand_over_member`` gives what hangs on them to somebody else. Raises ``Conflict`` when it
    ended already.
    """
    change_company_alone(member.company_id, actor=actor)
    asking = list(list_asking(member.pk).values_list("pk", flat=True))
    memberships.deactivate_member(member, actor=actor, now=now)
    open_ones = Requisition.objects.filter(pk__in=asking).order_by("id")
    reassign_all(open_ones, cause="member_deactivated", actor=actor, now=now)
    return member


@transaction
def reactivate_member(member: Member, *, actor: Actor, now: datetime) -> Member:
    """Let somebody come back, with the roles that they had; they are asked at open steps again.

    Raises ``Conflict`` for an active member.
    """
    change_company_alone(member.company_id, actor=actor)
    memberships.reactivate_member(member, actor=actor, now=now)
    open_ones = list_undecided(member.company)
    reassign_all(open_ones, cause="member_reactivated", actor=actor, now=now)
    return member


@transaction
def move_unit(
    unit: Unit, *, parent: Unit, actor: Actor, now: datetime, version: int | None = None
) -> Unit:
    """Hang a unit, and all below it, under another one; what hangs on it goes along.

    Whoever manages both places may. Its past spending stays its own, and the heads and roles above
    its new place are asked at its open steps.
    """
    change_company_alone(unit.company_id, actor=actor)
    before = unit.path
    moved = moves.move_unit(unit, parent=parent, version=version, actor=actor, now=now)
    moves.rewrite_paths(PurchasedLine, "unit_path", unit.company_id, before, moved.path)
    open_ones = list_undecided(unit.company, moved.path)
    reassign_all(open_ones, cause="unit_moved", actor=actor, now=now)
    return moved


@transaction
def close_unit(unit: Unit, *, actor: Actor, now: datetime) -> Unit:
    """Close a unit in which nothing lives: no member, no unit below, no open purchase.

    Raises ``UnitInUse`` and says which.
    """
    refuse_foreign(actor, unit.company_id)
    change_company_alone(unit.company_id, actor=actor)
    waiting = Requisition.objects.filter(unit=unit, status__in=UNDECIDED).order_by("id")
    numbers = list(waiting.values_list("number", flat=True)[: closing.NAMED])
    if numbers and can_do(actor, UNIT_MANAGE, unit.path) is None:
        raise closing.UnitInUse(
            _("Still waiting for approval: %(numbers)s.") % {"numbers": ", ".join(numbers)},
            requisitions=numbers,
        )
    return closing.close_unit(unit, actor=actor, now=now)
