"""The order was changed: what it took is given back, and what it takes now is taken, at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from placet.budgets.actions.reserve_budget import Draw, record_reserved
from placet.budgets.actions.settle_reservations import record_settled
from placet.budgets.balances import (
    Ended,
    Move,
    Posting,
    end_reservations,
    insert_entries,
    insert_reservations,
    move_balances,
    sums_of,
)
from placet.budgets.models import Budget, LedgerEntry, Reservation
from placet.core.actor import Actor
from placet.core.transaction import transaction

Status = Reservation.Status
Kind = LedgerEntry.Kind


@transaction
def replace_commitments(
    requisition_id: str,
    *,
    revision_id: str,
    draws: Sequence[Draw],
    actor: Actor,
    now: datetime,
) -> list[Reservation]:
    """Let an order that was changed take ``draws`` from the budgets, and nothing that it took.

    The order's commitments are refunded, what the change held beyond them is released, and the
    whole is reserved and committed. Nothing is refused for want of room: the two together cover
    it. Of a credit account as much is given back as is open there: what was paid stays paid.
    """
    released = end_reservations(requisition_id, Status.OPEN, Status.RELEASED, committed="0")
    refunded = end_reservations(
        requisition_id, Status.COMMITTED, Status.REFUNDED, committed="committed_minor"
    )
    wanted = sorted(draw for draw in draws if draw.amount_minor > 0)
    budgets = _locked([*released, *refunded], wanted)
    taken = [_reservation(requisition_id, revision_id, draw, budgets, now) for draw in wanted]
    given = _given_back(refunded, wanted, budgets)
    insert_reservations(taken)
    changed = move_balances(
        sums_of(
            [
                *(Move(one.budget_id, -one.amount_minor) for one in released),
                *(Move(one.budget_id, 0, -amount) for one, amount in given),
                *(Move(draw.budget_id, 0, draw.amount_minor) for draw in wanted),
            ]
        )
    )
    settled = [
        *(_posting(changed, one, Kind.REFUND, amount) for one, amount in given),
        *(_posting(changed, one, Kind.RELEASE, one.amount_minor) for one in released),
    ]
    made = [_taking(row, draw, Kind.RESERVE) for row, draw in zip(taken, wanted, strict=True)]
    done = [_taking(row, draw, Kind.COMMIT) for row, draw in zip(taken, wanted, strict=True)]
    insert_entries([*settled, *made, *done], requisition_id, actor=actor, now=now)
    for posting in settled:
        record_settled(posting, requisition_id=requisition_id, actor=actor, now=now)
    for row in taken:
        record_reserved(row, actor=actor, now=now)
    for posting in done:
        record_settled(posting, requisition_id=requisition_id, actor=actor, now=now)
    return taken


def _locked(ended: Sequence[Ended], wanted: Sequence[Draw]) -> dict[str, Budget]:
    """The rows of all budgets that are touched, locked in the order of their ids."""
    touched = {one.budget_id for one in ended} | {draw.budget_id for draw in wanted}
    rows = Budget.objects.select_for_update().filter(pk__in=sorted(touched)).order_by("id")
    return {row.pk: row for row in rows}


def _reservation(
    requisition_id: str,
    revision_id: str,
    draw: Draw,
    budgets: Mapping[str, Budget],
    now: datetime,
) -> Reservation:
    return Reservation(
        created_at=now,
        budget=budgets[draw.budget_id],
        requisition_id=requisition_id,
        revision_id=revision_id,
        amount_minor=draw.amount_minor,
        committed_minor=draw.amount_minor,
        status=Status.COMMITTED,
    )


def _given_back(
    refunded: Sequence[Ended], wanted: Sequence[Draw], budgets: Mapping[str, Budget]
) -> list[tuple[Ended, int]]:
    """How much each former commitment gives back, with the new ones counted before it."""
    left = {pk: row.committed_minor for pk, row in budgets.items()}
    for draw in wanted:
        left[draw.budget_id] += draw.amount_minor
    given = []
    for one in refunded:
        amount = min(one.committed_minor, left[one.budget_id])
        left[one.budget_id] -= amount
        given.append((one, amount))
    return given


def _posting(budgets: Mapping[str, Budget], ended: Ended, kind: Kind, amount: int) -> Posting:
    return Posting(budgets[ended.budget_id], ended.id, kind, amount)


def _taking(row: Reservation, draw: Draw, kind: Kind) -> Posting:
    return Posting(
        row.budget,
        row.pk,
        kind,
        draw.amount_minor,
        draw.rate_numerator,
        draw.rate_denominator,
    )
