"""The one end of a reservation: committed by an order, released, or expired."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import F, QuerySet

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
    refunded = 0
    for reservation in _of(requisition_id, Status.COMMITTED):
        mine = Reservation.objects.filter(pk=reservation.pk, status=Status.COMMITTED).update(
            status=Status.REFUNDED
        )
        if mine:
            budget = Budget.objects.select_for_update().get(pk=reservation.budget_id)
            amount = min(reservation.committed_minor, budget.committed_minor)
            _change(reservation, committed=-amount, reserved=0)
            _enter(reservation, Kind.REFUND, amount, actor=actor, now=now)
            refunded += 1
    return refunded


def _of(requisition_id: str, status: str) -> QuerySet[Reservation]:
    found = Reservation.objects.filter(requisition_id=requisition_id, status=status)
    return found.select_related("budget").order_by("budget_id")


def _settle(
    requisition_id: str,
    status: Status,
    kind: Kind,
    *,
    actor: Actor,
    now: datetime,
    ordered: Mapping[str, int] | None = None,
) -> int:
    ended = 0
    for reservation in _of(requisition_id, Status.OPEN):
        committed = 0
        if ordered is not None:
            committed = ordered.get(reservation.budget_id, reservation.amount_minor)
        if not 0 <= committed <= reservation.amount_minor:
            raise RuntimeError(f"{reservation.pk}: more is ordered than was reserved")
        mine = Reservation.objects.filter(pk=reservation.pk, status=Status.OPEN).update(
            status=status, committed_minor=committed
        )
        if mine:
            _post(reservation, kind, committed, actor=actor, now=now)
            ended += 1
    return ended


def _post(
    reservation: Reservation, kind: Kind, committed: int, *, actor: Actor, now: datetime
) -> None:
    amount = reservation.amount_minor
    _change(reservation, committed=committed, reserved=-amount)
    if kind != Kind.COMMIT:
        _enter(reservation, kind, amount, actor=actor, now=now)
        return
    _enter(reservation, kind, committed, actor=actor, now=now)
    if committed < amount:
        _enter(reservation, Kind.RELEASE, amount - committed, actor=actor, now=now)


def _change(reservation: Reservation, *, committed: int, reserved: int) -> None:
    Budget.objects.filter(pk=reservation.budget_id).update(
        reserved_minor=F("reserved_minor") + reserved,
        committed_minor=F("committed_minor") + committed,
    )


def _enter(
    reservation: Reservation, kind: Kind, amount_minor: int, *, actor: Actor, now: datetime
) -> None:
    budget = reservation.budget
    LedgerEntry.objects.create(
        created_at=now,
        budget_id=budget.pk,
        reservation=reservation,
        kind=kind,
        amount_minor=amount_minor,
        currency=budget.currency,
        requisition_id=reservation.requisition_id,
        actor_member=actor.member_id,
    )
    if budget.account == Budget.Account.CREDIT:
        return  # The buyer's trail must not tell it; the ledger does.
    record(
        PAST_TENSE[kind],
        budget.pk,
        actor=actor,
        now=now,
        company_id=budget.company_id,
        budget=budget.pk,
        amount_minor=amount_minor,
        requisition=reservation.requisition_id,
    )
