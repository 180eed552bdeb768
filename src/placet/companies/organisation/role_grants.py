"""Roles are given to members and taken away."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from placet.companies.models import Member, Role, RoleGrant, Unit
from placet.companies.permissions import can_grant_role
from placet.companies.refusals import refuse, refuse_foreign
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record


@transaction
def grant_role(
    member: Member, *, role: Role, actor: Actor, now: datetime, unit: Unit | None = None
) -> RoleGrant:
    """Give a member a role, for the company or for a unit and all below it.

    Nobody gives rights to themselves, nor passes on a right that is not theirs to give (see
    ``can_grant_role``). Given twice it is there once.
    """
    refuse_foreign(actor, member.company_id, role.company_id)
    path = _checked_path(member, role, unit)
    refuse(can_grant_role(actor, role, user_id=member.user_id, unit_path=path))
    grant, is_new = RoleGrant.objects.get_or_create(
        member=member, role=role, unit=unit, defaults={"created_at": now}
    )
    if is_new:
        _record_change("member.role_granted", member, role, unit, actor=actor, now=now)
    return grant


@transaction
def revoke_role(
    member: Member, *, role: Role, actor: Actor, now: datetime, unit: Unit | None = None
) -> None:
    """Take a role away again; raises ``Conflict`` when the member does not hold it there."""
    refuse_foreign(actor, member.company_id, role.company_id)
    path = _checked_path(member, role, unit)
    refuse(can_grant_role(actor, role, user_id=member.user_id, unit_path=path))
    gone, _rows = RoleGrant.objects.filter(member=member, role=role, unit=unit).delete()
    if not gone:
        raise Conflict(_("This member does not hold the role there."))
    _record_change("member.role_revoked", member, role, unit, actor=actor, now=now)


def _checked_path(member: Member, role: Role, unit: Unit | None) -> str:
    if role.company_id != member.company_id:
        raise InvalidInput("role", "foreign", _("The role is of another company."))
    if unit is not None and unit.company_id != member.company_id:
        raise InvalidInput("unit", "foreign", _("The unit is of another company."))
    return unit.path if unit else ""


def _record_change(
    what: str, member: Member, role: Role, unit: Unit | None, *, actor: Actor, now: datetime
) -> None:
    record(
        what,
        member.id,
        actor=actor,
        now=now,
        company_id=member.company_id,
        role=role.key,
        unit=unit.id if unit else "",
    )
