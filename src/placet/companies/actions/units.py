"""The tree of a company: its units, and who heads them."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from placet.companies.models import Company, Unit
from placet.companies.permissions import UNIT_MANAGE, require
from placet.companies.refusals import refuse_foreign
from placet.core import ids
from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record

DEEPEST = 12


@transaction
def add_unit(
    company: Company,
    *,
    name: str,
    actor: Actor,
    now: datetime,
    parent: Unit | None = None,
    code: str = "",
) -> Unit:
    """Add a division, branch or department below ``parent``, by default below the root."""
    above = parent or Unit.objects.get(company=company, parent__isnull=True)
    refuse_foreign(actor, company.id, above.company_id)
    require(actor, UNIT_MANAGE, above.path)
    if above.company_id != company.id:
        raise InvalidInput("parent", "foreign", _("The unit above is of another company."))
    if above.path.count("/") >= DEEPEST:
        raise InvalidInput("parent", "too_deep", _("The tree has twelve levels at most."))
    unit_id = ids.new_id("unt")
    unit = Unit.objects.create(
        id=unit_id,
        created_at=now,
        company=company,
        parent=above,
        path=f"{above.path}{unit_id}/",
        name=name,
        code=code,
    )
    record(
        "unit.added",
        unit.id,
        actor=actor,
        now=now,
        company_id=company.id,
        parent=above.id,
        private={"name": name},
    )
    return unit
