"""What a cost centre is called, whose it is, and who answers for it."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict, Unpack

from django.utils.translation import gettext as _

from placet.companies.changing import update_row
from placet.companies.models import CostCenter, Member, Unit
from placet.companies.permissions import ADDRESS_MANAGE, can_favour, require
from placet.companies.refusals import refuse, refuse_foreign
from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record


class CostCenterChanges(TypedDict, total=False):
    """What may be changed; the code stays, since rules and books name it."""

    name: str
    unit: Unit | None
    owner: Member | None


@transaction
def change_cost_center(
    cost_center: CostCenter,
    *,
    actor: Actor,
    now: datetime,
    version: int | None = None,
    **changes: Unpack[CostCenterChanges],
) -> CostCenter:
    """Change a cost centre; nobody names themselves its owner, since an owner decides."""
    refuse_foreign(actor, cost_center.company_id)
    require(actor, ADDRESS_MANAGE, cost_center.unit.path if cost_center.unit else "")
    unit, owner = changes.get("unit", cost_center.unit), changes.get("owner")
    require(actor, ADDRESS_MANAGE, unit.path if unit else "")
    refuse(can_favour(actor, owner))
    if unit is not None and unit.company_id != cost_center.company_id:
        raise InvalidInput("unit", "foreign", _("The unit is of another company."))
    if owner is not None and (
        owner.company_id != cost_center.company_id or owner.status != Member.Status.ACTIVE
    ):
        raise InvalidInput("owner", "not_active", _("An owner is an active colleague."))
    if not 0 < len(changes.get("name", "x").strip()) <= 120:
        raise InvalidInput("name", "required", _("A name has at most 120 characters."))
    update_row(cost_center, version, **changes)
    record(
        "cost_center.changed",
        cost_center.id,
        actor=actor,
        now=now,
        company_id=cost_center.company_id,
        fields=sorted(changes),
        unit=cost_center.unit_id or "",
        owner=cost_center.owner_id or "",
    )
    return cost_center
