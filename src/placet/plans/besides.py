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

    ``reserved_minor`` is what it holds by budget, in minor units of each, and ``committed_minor``
    what an order of it takes there that this would change (``is_ordered``); ``counted`` its
    requester's counters without it. ``rulebooks`` are the versions that it keeps, or ``None`` for
    those of today; ``authors`` shaped an earlier revision.
    """

    requisition_id: str
    submitted_at: datetime
    source: str
    authors: frozenset[str]
    rulebooks: tuple[RulebookRef, ...] | None
    reserved_minor: Mapping[str, int]
    committed_minor: Mapping[str, int]
    counted: Mapping[str, Counted] | None
    is_ordered: bool = False

    @property
    def ordered_id(self) -> str:
        """The requisition whose order must not count beside itself; empty without an order."""
        return self.requisition_id if self.is_ordered else ""


def load_besides(
    requisition_id: str,
    *,
    submitted_at: datetime,
    source: str,
    authors: frozenset[str],
    rulebooks: tuple[RulebookRef, ...] | None,
    is_ordered: bool = False,
) -> Besides:
    """What an open requisition holds at this moment, to be left out of its own next plan.

    ``is_ordered`` says that there is an order of it: this would change that.
    """
    states = Reservation.Status
    held = Reservation.objects.filter(
        requisition_id=requisition_id, status__in=(states.OPEN, states.COMMITTED)
    )
    sums = held.values_list("status", "budget_id").annotate(
        held=Sum("amount_minor"), taken=Sum("committed_minor")
    )
    rows = list(sums.order_by())
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
        reserved_minor={one: int(held) for state, one, held, _ in rows if state == states.OPEN},
        committed_minor={
            one: int(taken) for state, one, _, taken in rows if state == states.COMMITTED
        },
        counted=counted or None,
        is_ordered=is_ordered,
    )
