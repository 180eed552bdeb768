"""Planning a purchase again: its own earlier revision is left out of what it is measured by.

The rules, the exchange rates, the budgets' periods and the counters' periods stay those of the
first submission; an admin may plan again under the rules of today.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.db.models import Sum

from placet.budgets.actions.count_purchase import Counted
from placet.budgets.models import PeriodCount, Reservation
from placet.policy.plan import RulebookRef


class Besides(NamedTuple):
    """A requisition whose next revision is planned.

    ``reserved_minor`` is what it holds by budget, in minor units of each; ``counted`` its
    requester's counters without it. ``rulebooks`` are the versions that it keeps, or ``None`` for
    those of today; ``authors`` shaped an earlier revision.
    """

    requisition_id: str
    submitted_at: datetime
    source: str
    authors: frozenset[str]
    rulebooks: tuple[RulebookRef, ...] | None
    reserved_minor: Mapping[str, int]
    counted: Mapping[str, Counted] | None


def load_besides(
    requisition_id: str,
    *,
    submitted_at: datetime,
    source: str,
    authors: frozenset[str],
    rulebooks: tuple[RulebookRef, ...] | None,
) -> Besides:
    """What an open requisition holds at this moment, to be left out of its own next plan."""
    held = Reservation.objects.filter(requisition_id=requisition_id, status=Reservation.Status.OPEN)
    reserved = held.values_list("budget_id").annotate(total=Sum("amount_minor")).order_by()
    counts = PeriodCount.objects.filter(requisition_id=requisition_id).select_related("counter")
    counted = {
        count.counter.period: Counted(
            count.counter.spend_minor - count.spend_minor, count.counter.orders - 1
        )
        for count in counts
    }
    return Besides(
        requisition_id=requisition_id,
        submitted_at=submitted_at,
        source=source,
        authors=authors,
        rulebooks=rulebooks,
        reserved_minor={budget_id: int(total) for budget_id, total in reserved},
        counted=counted or None,
    )
