"""The one end of a reservation: committed by an order, released, or expired."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

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
}


@transaction
def commit_reservations(requisition_id: str, *, actor: Actor, now: datetime) -> int:
    """What was reserved for a requisition is ordered now; returns how many reservations ended."""
    return _settle(requisition_id, Status.COMMITTED, Kind.COMMIT, actor=actor, now=now)


@transaction
def release_reservations(requisition_id: str, *, actor: Actor, now: datetime) -> int:
    """Nothing will be ordered: rejected, withdrawn or replaced by another revision."""
    return _settle(requisition_id, Status.RELEASED, Kind.RELEASE, actor=actor, now=now)


@transaction
def expire_reservations(requisition_id: str, *, actor: Actor, now: datetime) -> int:
    """Nobody decided in time: the content is kept, the room is free again."""
    return _settle(requisition_id, Status.EXPIRED, Kind.EXPIRE, actor=actor, now=now)


def _settle(requisition_id: str, status: Status, kind: Kind, *, actor: Actor, now: datetime) -> int:
    open_ones = Reservation.objects.filter(requisition_id=requisition_id, status=Status.OPEN)
    ended = 0
    for reservation in open_ones.select_related("budget").order_by("budget_id"):
        committed = reservation.amount_minor if status == Status.COMMITTED else 0
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
    Budget.objects.filter(pk=reservation.budget_id).update(
        reserved_minor=F("reserved_minor") - amount,
        committed_minor=F("committed_minor") + committed,
    )
    LedgerEntry.objects.create(
        created_at=now,
        budget_id=reservation.budget_id,
        reservation=reservation,
        kind=kind,
        amount_minor=amount,
        currency=reservation.budget.currency,
        requisition_id=reservation.requisition_id,
        actor_member=actor.member_id,
    )
    record(
        PAST_TENSE[kind],
        reservation.budget_id,
        actor=actor,
        now=now,
        company_id=reservation.budget.company_id,
        budget=reservation.budget_id,
        amount_minor=amount,
        requisition=reservation.requisition_id,
    )
