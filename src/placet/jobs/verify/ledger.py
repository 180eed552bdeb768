"""Budgets: the kept balances are the sums of the ledger; each reservation ended at most once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Count, Sum

from placet.budgets.models import Budget, LedgerEntry, PeriodCount, PeriodCounter, Reservation
from placet.jobs.verify.finding import Finding
from placet.requisitions.models import Requisition
from placet.requisitions.permissions import UNDECIDED

Kind = LedgerEntry.Kind
ENDS = {
    Reservation.Status.COMMITTED: Kind.COMMIT,
    Reservation.Status.RELEASED: Kind.RELEASE,
    Reservation.Status.EXPIRED: Kind.EXPIRE,
}


def check_ledger() -> Iterator[Finding]:
    """Balances, reservations and counters against the rows that they are sums of."""
    yield from _check_balances()
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
            expected.add(str(end))
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
