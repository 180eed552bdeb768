"""Documents about budgets and their postings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from placet.api.schemas.base import Answer, Money, Person, Resourceful, frame, money, person
from placet.budgets import models


class Budget(Resourceful):
    """Of an owner, for a period: committed is ordered, reserved waits, left is the rest."""

    object: Literal["budget"] = "budget"
    name: str
    owner_kind: str
    owner: str
    responsible: Person | None
    mode: str
    basis: str
    starts_at: datetime
    ends_at: datetime
    amount: Money
    committed: Money
    reserved: Money
    left: Money


class BudgetEntry(Answer):
    """One posting of a budget's ledger."""

    object: Literal["budget_entry"] = "budget_entry"
    id: str
    created_at: datetime
    kind: str
    amount: Money
    requisition: str | None
    member: str | None
    reason: str


def show_budgets(budgets: Sequence[models.Budget]) -> list[Budget]:
    """Budgets with the responsible members loaded."""
    return [
        Budget(
            **frame(budget),
            name=budget.name,
            owner_kind=budget.owner_kind,
            owner=budget.owner_ref,
            responsible=person(budget.responsible) if budget.responsible else None,
            mode=budget.mode,
            basis=budget.basis,
            starts_at=budget.starts_at,
            ends_at=budget.ends_at,
            amount=money(budget.amount_minor, budget.currency),
            committed=money(budget.committed_minor, budget.currency),
            reserved=money(budget.reserved_minor, budget.currency),
            left=money(budget.left_minor, budget.currency),
        )
        for budget in budgets
    ]


def show_entries(entries: Sequence[models.LedgerEntry]) -> list[BudgetEntry]:
    """Postings of one budget."""
    return [
        BudgetEntry(
            id=entry.id,
            created_at=entry.created_at,
            kind=entry.kind,
            amount=money(entry.amount_minor, entry.currency),
            requisition=entry.requisition_id or None,
            member=entry.actor_member or None,
            reason=entry.reason,
        )
        for entry in entries
    ]
