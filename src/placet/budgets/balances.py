"""The statements of reserving and settling: a handful a purchase, however many budgets it has.

Each changes all rows at once and says which it changed, so that the caller sees what a guard left
out. Several budgets are locked in the order of their ids, as everywhere: PostgreSQL would else take
them as it finds them, and two purchases could wait in a ring.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from placet.budgets.models import Budget, Reservation
from placet.core import ids, sql
from placet.core.actor import Actor

# What is known of a budget after a statement; every other column is read when it is asked for.
KNOWN = {
    "id",
    "company_id",
    "account",
    "currency",
    "alert_percents",
    "amount_minor",
    "committed_minor",
    "reserved_minor",
}
# In the order of the model, as Django wants the values of a row.
COLUMNS = [field.attname for field in Budget._meta.concrete_fields if field.attname in KNOWN]
RETURNING = ", ".join(f"budgets_budget.{column}" for column in COLUMNS)

WANTED = "WITH wanted (id, reserved, committed) AS (VALUES {rows})"
HELD = """, held AS (
    SELECT wanted.id, wanted.reserved, wanted.committed
    FROM budgets_budget JOIN wanted ON wanted.id = budgets_budget.id
    ORDER BY budgets_budget.id FOR NO KEY UPDATE OF budgets_budget
)"""
CHANGE = """
UPDATE budgets_budget SET
    reserved_minor = budgets_budget.reserved_minor + change.reserved,
    committed_minor = budgets_budget.committed_minor + change.committed
FROM {source} AS change
WHERE budgets_budget.id = change.id{guard}
RETURNING {columns}"""
ROOM = """
AND budgets_budget.company_id = %s AND budgets_budget.closed_at IS NULL
AND (budgets_budget.mode <> 'block' OR budgets_budget.amount_minor
     >= budgets_budget.committed_minor + budgets_budget.reserved_minor + change.reserved)"""

END = """
UPDATE budgets_reservation SET status = %s, committed_minor = {committed}
WHERE requisition_id = %s AND status = %s
RETURNING id, budget_id, amount_minor, committed_minor"""

RESERVATION = (
    "id",
    "created_at",
    "budget_id",
    "requisition_id",
    "revision_id",
    "amount_minor",
    "committed_minor",
    "overdraft_minor",
    "status",
)
ENTRY = (
    "id",
    "created_at",
    "budget_id",
    "reservation_id",
    "kind",
    "amount_minor",
    "currency",
    "rate_numerator",
    "rate_denominator",
    "requisition_id",
    "actor_member",
    "reason",
)


class Move(NamedTuple):
    """By how much a budget's sums change, in minor units of its currency."""

    budget_id: str
    reserved_minor: int
    committed_minor: int = 0


class Ended(NamedTuple):
    """A reservation that this transaction ended, and how much of it was ordered."""

    id: str
    budget_id: str
    amount_minor: int
    committed_minor: int


class Posting(NamedTuple):
    """A ledger entry of a reservation, in minor units of the budget's currency."""

    budget: Budget
    reservation_id: str
    kind: str
    amount_minor: int
    rate_numerator: int = 1
    rate_denominator: int = 1


def take_room(moves: Sequence[Move], company_id: str) -> dict[str, Budget]:
    """Check and take the room in all budgets; those that are missing here had not enough left.

    Modes *warn* and *approve* always have room. The budgets are as they are afterwards.
    """
    return _change(moves, ROOM, [company_id])


def move_balances(moves: Sequence[Move]) -> dict[str, Budget]:
    """Change the sums of all these budgets; raises ``RuntimeError`` where one does not exist."""
    changed = _change(moves, "", [])
    if len(changed) != len(moves):
        raise RuntimeError("a reservation belongs to a budget that does not exist")
    return changed


def end_reservations(
    requisition_id: str, before: str, after: str, *, committed: str
) -> list[Ended]:
    """Let all reservations of a requisition go from one status to another, by budget.

    ``committed`` is the column or the number that says how much was ordered. What somebody else
    ended is not among them.
    """
    found = sql.rows(END.format(committed=committed), [after, requisition_id, before])
    return sorted((Ended(*row) for row in found), key=lambda ended: (ended.budget_id, ended.id))


def insert_reservations(reservations: Sequence[Reservation]) -> None:
    """Write new reservations; the unique row of budget and revision guards the ledger."""
    sql.insert(
        "budgets_reservation",
        RESERVATION,
        [
            [
                one.id,
                sql.instant(one.created_at),
                one.budget_id,
                one.requisition_id,
                one.revision_id,
                one.amount_minor,
                one.committed_minor,
                one.overdraft_minor,
                one.status,
            ]
            for one in reservations
        ],
    )


def insert_entries(
    postings: Sequence[Posting], requisition_id: str, *, actor: Actor, now: datetime
) -> None:
    """Write the postings of a requisition's reservations."""
    at = sql.instant(now)
    sql.insert(
        "budgets_ledgerentry",
        ENTRY,
        [
            [
                ids.new_id("len"),
                at,
                one.budget.pk,
                one.reservation_id,
                one.kind,
                one.amount_minor,
                one.budget.currency,
                one.rate_numerator,
                one.rate_denominator,
                requisition_id,
                actor.member_id,
                "",
            ]
            for one in postings
        ],
    )


def sums_of(moves: Sequence[Move]) -> list[Move]:
    """One move a budget, by id: a statement changes each row once."""
    totals: dict[str, Move] = {}
    for move in moves:
        known = totals.get(move.budget_id, Move(move.budget_id, 0))
        totals[move.budget_id] = Move(
            move.budget_id,
            known.reserved_minor + move.reserved_minor,
            known.committed_minor + move.committed_minor,
        )
    return [totals[budget_id] for budget_id in sorted(totals)]


def _change(moves: Sequence[Move], guard: str, values: Sequence[str]) -> dict[str, Budget]:
    is_ordered = len(moves) > 1 and sql.is_postgres()
    statement = (
        WANTED.format(rows=sql.value_rows(len(moves), 3))
        + (HELD if is_ordered else "")
        + CHANGE.format(source="held" if is_ordered else "wanted", guard=guard, columns=RETURNING)
    )
    changed = sql.rows(statement, [value for move in moves for value in move] + list(values))
    return {budget.pk: budget for budget in map(_as_budget, changed)}


def _as_budget(row: sql.Row) -> Budget:
    known = dict(zip(COLUMNS, row, strict=True))
    known["alert_percents"] = json.loads(known["alert_percents"])
    return Budget.from_db("default", COLUMNS, list(known.values()))
