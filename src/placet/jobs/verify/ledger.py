"""Budgets: the kept balances are the sums of the ledger; each reservation ended at most once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from django.db.models import Count, Sum

from placet.budgets.models import (
    Budget,
    BudgetTransfer,
    LedgerEntry,
    PeriodCount,
    PeriodCounter,
    Reservation,
)
from placet.jobs.verify.finding import Finding
from placet.requisitions.models import Requisition
from placet.requisitions.permissions import UNDECIDED

Kind = LedgerEntry.Kind
ENDS = {
    Reservation.Status.COMMITTED: Kind.COMMIT,
    Reservation.Status.RELEASED: Kind.RELEASE,
    Reservation.Status.EXPIRED: Kind.EXPIRE,
    Reservation.Status.REFUNDED: Kind.REFUND,
}


def check_ledger() -> Iterator[Finding]:
    """Balances, periods, reservations and counters against the rows that they are sums of."""
    yield from _check_balances()
    yield from _check_transfers()
    yield from _check_periods()
    yield from _check_reservations()
    yield from _check_counters()


def _check_balances() -> Iterator[Finding]:
    sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    grouped = LedgerEntry.objects.values_list("budget_id", "kind").annotate(t=Sum("amount_minor"))
    for budget_id, kind, total in grouped:
        sums[budget_id][kind] = int(total)
    for budget in Budget.objects.order_by("id"):
        of = sums[budget.id]
        amount = of[Kind.ADJUST] + of[Kind.TRANSFER]
        committed = of[Kind.COMMIT] - of[Kind.REFUND]
        reserved = of[Kind.RESERVE] - of[Kind.COMMIT] - of[Kind.RELEASE] - of[Kind.EXPIRE]
        kept = (budget.amount_minor, budget.committed_minor, budget.reserved_minor)
        if kept != (amount, committed, reserved):
            yield Finding(
                "balance_differs",
                budget.id,
                f"Kept {kept}, but the ledger says {(amount, committed, reserved)}.",
            )


def _check_transfers() -> Iterator[Finding]:
    """Each transfer posting has its counterpart, and the two add up to nothing."""
    joined: set[str] = set()
    for transfer in BudgetTransfer.objects.select_related("given__budget", "got__budget"):
        given, got = transfer.given, transfer.got
        joined |= {given.pk, got.pk}
        alike = (given.currency, given.budget.company_id) == (got.currency, got.budget.company_id)
        if given.amount_minor + got.amount_minor or not alike:
            yield Finding("transfer_differs", transfer.pk, "What was given is not what was got.")
    posted = LedgerEntry.objects.filter(kind=Kind.TRANSFER).values_list("id", flat=True)
    for entry_id in sorted(set(posted) ^ joined):
        yield Finding("transfer_alone", entry_id, "This posting lacks its counterpart.")


def _check_periods() -> Iterator[Finding]:
    """The periods of a series follow each other without a gap; the last one is the latest."""
    series: dict[str, list[Budget]] = defaultdict(list)
    for budget in Budget.objects.order_by("number", "id"):
        series[budget.first_id].append(budget)
    for first_id, periods in series.items():
        kept = [(budget.number, budget.is_latest) for budget in periods]
        if kept != [(number, number == len(periods)) for number in range(1, len(periods) + 1)]:
            yield Finding("periods_differ", first_id, f"Its periods are {kept}.")
        for before, after in pairwise(periods):
            if before.ends_at != after.starts_at:
                yield Finding("periods_apart", after.pk, "It does not begin where the last ended.")


def _check_reservations() -> Iterator[Finding]:
    undecided = set(Requisition.objects.filter(status__in=UNDECIDED).values_list("id", flat=True))
    kinds: dict[str, set[str]] = defaultdict(set)
    for reservation_id, kind in LedgerEntry.objects.exclude(reservation=None).values_list(
        "reservation_id", "kind"
    ):
        kinds[reservation_id].add(kind)
    for reservation in Reservation.objects.order_by("id").iterator(chunk_size=2000):
        expected = {str(Kind.RESERVE)}
        end = ENDS.get(Reservation.Status(reservation.status))
        if end:
            expected |= {str(Kind.COMMIT), str(end)} if end == Kind.REFUND else {str(end)}
        elif reservation.requisition_id not in undecided:
            yield Finding("reservation_left", reservation.id, "It holds room for what has ended.")
        if {str(kind) for kind in kinds[reservation.id]} - {str(Kind.RELEASE)} != expected - {
            str(Kind.RELEASE)
        }:
            yield Finding("postings_differ", reservation.id, "Its postings do not fit its state.")


def _check_counters() -> Iterator[Finding]:
    counted = {
        row["counter_id"]: (int(row["spend"]), int(row["orders"]))
        for row in PeriodCount.objects.values("counter_id").annotate(
            spend=Sum("spend_minor"), orders=Count("id")
        )
    }
    for counter in PeriodCounter.objects.order_by("id"):
        if counted.get(counter.pk, (0, 0)) != (counter.spend_minor, counter.orders):
            yield Finding("counter_differs", str(counter.pk), "It is not the sum of its rows.")
