"""Sharing a list with colleagues and units, as carts are shared."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from placet.carts.lists.changing import touch_list
from placet.carts.lists.permissions import can_manage_list
from placet.carts.models import GrantLevel, ListGrant, PurchaseList
from placet.companies.holding import hold_actor
from placet.companies.models import Member, Unit
from placet.companies.refusals import refuse, refuse_foreign
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record

LEVELS = (GrantLevel.VIEW, GrantLevel.EDIT)


@transaction
def share_list(
    wanted: PurchaseList,
    *,
    level: str,
    member: Member | None = None,
    unit: Unit | None = None,
    actor: Actor,
    now: datetime,
) -> ListGrant:
    """Let a colleague, or everybody of a unit and below it, view or edit the list.

    Given again, the new level holds.
    """
    company_id = member.company_id if member else unit.company_id if unit else ""
    refuse_foreign(actor, wanted.company_id, company_id or wanted.company_id)
    hold_actor(actor)
    refuse(can_manage_list(actor, wanted))
    if level not in LEVELS:
        raise InvalidInput("level", "level", _("A list is shared to view or to edit."))
    if (member is None) == (unit is None):
        raise InvalidInput("member", "required", _("Choose a colleague or a unit."))
    if member is not None and member.status != Member.Status.ACTIVE:
        raise InvalidInput("member", "not_active", _("Only active colleagues can be invited."))
    if member is not None and member.pk == wanted.owner_id:
        raise InvalidInput("member", "owner", _("This is the owner of the list."))
    if unit is not None and unit.closed_at is not None:
        raise InvalidInput("unit", "closed", _("This unit is closed."))
    touch_list(wanted, now=now)
    whom: dict[str, Any] = {"member": member} if member else {"unit": unit}
    grant, _is_new = ListGrant.objects.update_or_create(
        purchase_list=wanted,
        **whom,
        defaults={"level": level},
        create_defaults={"level": level, "created_at": now, **whom},
    )
    _record(wanted, "list.shared", grant, actor, now)
    return grant


@transaction
def unshare_list(wanted: PurchaseList, *, grant_id: str, actor: Actor, now: datetime) -> None:
    """Take access away; the owner may, and whoever leaves by themselves."""
    refuse_foreign(actor, wanted.company_id)
    hold_actor(actor)
    grant = ListGrant.objects.filter(pk=grant_id, purchase_list=wanted).first()
    if grant is None:
        raise Conflict(_("The list is not shared like this any more."))
    if not actor.member_id or grant.member_id != actor.member_id:
        refuse(can_manage_list(actor, wanted))
    touch_list(wanted, now=now)
    ListGrant.objects.filter(pk=grant.pk).delete()
    _record(wanted, "list.unshared", grant, actor, now)


def _record(wanted: PurchaseList, kind: str, grant: ListGrant, actor: Actor, now: datetime) -> None:
    record(
        kind,
        wanted.pk,
        actor=actor,
        now=now,
        company_id=wanted.company_id,
        member=grant.member_id or grant.unit_id or "",
        level=grant.level,
    )
