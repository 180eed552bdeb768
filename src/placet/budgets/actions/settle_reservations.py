"""The one end of a reservation: committed by an order, released, or expired."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from placet.budgets.balances import (
    Ended,
    Move,
    Posting,
    end_reservations,
    insert_entries,
    move_balances,
    sums_of,
)
from placet.budgets.models import Budget, LedgerEntry, Reservation
from placet.core.actor import Actor
from placet.core.transaction import transaction
from placet.events.record import record

Status = Reservation.Status
Kind = LedgerEntry.Kind
PAST_TENSE = {
    Kind.COMMIT: "budget.committed",
    Kind.RELEASE: "budget.released",
    Kind.EXPIRE: "budget.expired",
    Kind.REFUND: "budget.refunded",
}


@transaction
def commit_reservations(
    requisition_id: str,
    *,
    ordered: Mapping[str, int] | None = None,
    actor: Actor,
    now: datetime,
) -> int:
    """What was reserved for a requisition is ordered now; returns how many reservations ended.

    ``ordered`` says by budget how much was ordered where that is less; the remainder is released.
    """
    return _settle(
        requisition_id, Status.COMMITTED, Kind.COMMIT, ordered=ordered or {}, actor=actor, now=now
    )


@transaction
def release_reservations(requisition_id: str, *, actor: Actor, now: datetime) -> int:
    """Nothing will be ordered: rejected, withdrawn or replaced by another revision."""
    return _settle(requisition_id, Status.RELEASED, Kind.RELEASE, actor=actor, now=now)


@transaction
def expire_reservations(requisition_id: str, *, actor: Actor, now: datetime) -> int:
    """Nobody decided in time: the content is kept, the room is free again."""
    return _settle(requisition_id, Status.EXPIRED, Kind.EXPIRE, actor=actor, now=now)


@transaction
def refund_reservations(requisition_id: str, *, actor: Actor, now: datetime) -> int:
    """The order was cancelled afterwards: what it took is given back; returns in how many budgets.

    It goes back to the period that it came from, as far as that has not been paid meanwhile
    (a credit account).
    """
    ended = end_reservations(
        requisition_id, Status.COMMITTED, Status.REFUNDED, committed="committed_minor"
    )
    if not ended:
        return 0
    left = dict(
        Budget.objects.select_for_update()
        .filter(pk__in=[one.budget_id for one in ended])
        .order_by("id")
        .values_list("id", "committed_minor")
    )
    given: list[tuple[Ended, Kind, int]] = []
    for one in ended:
        amount = min(one.committed_minor, left[one.budget_id])
        left[one.budget_id] -= amount
        given.append((one, Kind.REFUND, amount))
    moves = [Move(one.budget_id, 0, -amount) for one, _kind, amount in given]
    _post(requisition_id, moves, given, actor=actor, now=now)
    return len(ended)


def _settle(
    requisition_id: str,
    status: Status,
    kind: Kind,
    *,
    actor: Actor,
    now: datetime,
    ordered: Mapping[str, int] | None = None,
) -> int:
    whole = "0" if ordered is None else "amount_minor"
    ended = end_reservations(requisition_id, Status.OPEN, status, committed=whole)
    if not ended:
        return 0
    ended = [_as_ordered(one, ordered) if ordered else one for one in ended]
    moves = [Move(one.budget_id, -one.amount_minor, one.committed_minor) for one in ended]
    postings: list[tuple[Ended, Kind, int]] = []
    for one in ended:
        remainder = one.amount_minor - one.committed_minor
        if kind == Kind.COMMIT:
            postings.append((one, kind, one.committed_minor))
        if kind != Kind.COMMIT or remainder:
            postings.append((one, Kind.RELEASE if kind == Kind.COMMIT else kind, remainder))
    _post(requisition_id, moves, postings, actor=actor, now=now)
    return len(ended)


def _as_ordered(ended: Ended, ordered: Mapping[str, int]) -> Ended:
    """The reservation with what was really ordered, where that is less than was reserved."""
    committed = ordered.get(ended.budget_id, ended.amount_minor)
    if not 0 <= committed <= ended.amount_minor:
        raise RuntimeError(f"{ended.id}: more is ordered than was reserved")
    if committed != ended.committed_minor:
        Reservation.objects.filter(pk=ended.id).update(committed_minor=committed)
    return ended._replace(committed_minor=committed)


def _post(
    requisition_id: str,
    moves: Sequence[Move],
    postings: Sequence[tuple[Ended, Kind, int]],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Move the sums of all budgets, and say why in their ledgers and in the trail."""
    budgets = move_balances(sums_of(moves))
    entries = [
        Posting(budgets[ended.budget_id], ended.id, kind, amount)
        for ended, kind, amount in postings
    ]
    insert_entries(entries, requisition_id, actor=actor, now=now)
    for entry in entries:
        record_settled(entry, requisition_id=requisition_id, actor=actor, now=now)


def record_settled(entry: Posting, *, requisition_id: str, actor: Actor, now: datetime) -> None:
    """That what was held is ordered or free, in the trail of the budget's company."""
    if entry.budget.account == Budget.Account.CREDIT:
        return  # The buyer's trail must not tell it; the ledger does.
    record(
        PAST_TENSE[Kind(entry.kind)],
        entry.budget.pk,
        actor=actor,
        now=now,
        company_id=entry.budget.company_id,
        budget=entry.budget.pk,
        amount_minor=entry.amount_minor,
        requisition=requisition_id,
    )
