"""The guarded counters of a member's periods: spend and number of orders.

Submitted requisitions count; rejected, withdrawn, expired and cancelled ones release. The period is
that of the first submission and stays across revisions. The upsert locks the counters' rows, so
that of many purchases at once each sees what the others took.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import F

from placet.budgets.models import PeriodCount, PeriodCounter
from placet.core import sql
from placet.core.transaction import transaction


class Counted(NamedTuple):
    """What a period holds without the purchase that was just counted."""

    spend_minor: int
    orders: int


UPSERT = """
INSERT INTO budgets_periodcounter
    (company_id, member_id, period, starts_on, currency, spend_minor, orders)
VALUES {rows}
ON CONFLICT (member_id, period, starts_on, currency) DO UPDATE SET
    spend_minor = budgets_periodcounter.spend_minor + excluded.spend_minor,
    orders = budgets_periodcounter.orders + excluded.orders
RETURNING id, period, spend_minor, orders
"""


@transaction
def count_purchase(
    requisition_id: str,
    *,
    company_id: str,
    member_id: str,
    currency: str,
    spend_minor: int,
    period_starts: Mapping[str, date],
    now: datetime,
) -> dict[str, Counted]:
    """Count one order in each period of the member; returns what each held before it."""
    periods = sorted(period_starts)
    values: list[object] = []
    for period in periods:
        values += [company_id, member_id, period, period_starts[period], currency, spend_minor, 1]
    returned = sql.rows(UPSERT.format(rows=sql.value_rows(len(periods), 7)), values)
    PeriodCount.objects.bulk_create(
        PeriodCount(
            created_at=now,
            counter_id=counter_id,
            requisition_id=requisition_id,
            spend_minor=spend_minor,
        )
        for counter_id, _period, _spend, _orders in returned
    )
    return {
        period: Counted(int(spend) - spend_minor, int(orders) - 1)
        for _id, period, spend, orders in returned
    }


@transaction
def recount_purchase(requisition_id: str, *, spend_minor: int) -> dict[str, Counted]:
    """Count a later revision in the periods of the first one; what each holds without it.

    Nothing comes back for a requisition that is not counted.
    """
    counts = PeriodCount.objects.filter(requisition_id=requisition_id).order_by("counter__period")
    found: dict[str, Counted] = {}
    for count in list(counts):
        change = spend_minor - count.spend_minor
        PeriodCounter.objects.filter(pk=count.counter_id).update(
            spend_minor=F("spend_minor") + change
        )
        PeriodCount.objects.filter(pk=count.pk).update(spend_minor=spend_minor)
        counter = PeriodCounter.objects.get(pk=count.counter_id)
        found[counter.period] = Counted(counter.spend_minor - spend_minor, counter.orders - 1)
    return found


@transaction
def uncount_purchase(requisition_id: str) -> int:
    """Take a requisition out of its periods; returns from how many. Twice changes nothing."""
    removed = 0
    # By period, as a submission takes them: two orders of one set of locks would wait in a ring.
    counts = PeriodCount.objects.filter(requisition_id=requisition_id).order_by("counter__period")
    for count in list(counts):
        if PeriodCount.objects.filter(pk=count.pk).delete()[0]:
            _lower(count.counter_id, count.spend_minor)
            removed += 1
    return removed


def _lower(counter_id: int, spend_minor: int) -> None:
    PeriodCounter.objects.filter(pk=counter_id).update(
        spend_minor=F("spend_minor") - spend_minor, orders=F("orders") - 1
    )
