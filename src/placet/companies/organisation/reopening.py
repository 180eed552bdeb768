"""A cost centre that was closed is used again: its code names it for ever."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from placet.companies.models import CostCenter
from placet.companies.permissions import ADDRESS_MANAGE, require
from placet.companies.refusals import refuse_foreign
from placet.core.actor import Actor
from placet.core.errors import Conflict
from placet.core.transaction import transaction
from placet.events.record import record


@transaction
def reopen_cost_center(cost_center: CostCenter, *, actor: Actor, now: datetime) -> CostCenter:
    """Let costs be booked on a closed cost centre again; raises ``Conflict`` for an open one."""
    refuse_foreign(actor, cost_center.company_id)
    require(actor, ADDRESS_MANAGE, cost_center.unit.path if cost_center.unit else "")
    closed = CostCenter.objects.filter(pk=cost_center.pk, closed_at__isnull=False)
    if not closed.update(closed_at=None, version=F("version") + 1):
        raise Conflict(_("This cost centre is open."))
    cost_center.refresh_from_db()
    record(
        "cost_center.reopened",
        cost_center.id,
        actor=actor,
        now=now,
        company_id=cost_center.company_id,
    )
    return cost_center
