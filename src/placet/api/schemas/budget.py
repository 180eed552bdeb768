"""Documents about budgets and their postings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from placet.api.schemas.base import (
    Answer,
    ClosedAction,
    Money,
    Person,
    Resourceful,
    actions_of,
    frame,
    money,
    person,
)
from placet.budgets import models
from placet.budgets.fitting import Fit
from placet.budgets.refusals import explain_budgets
from placet.core.actor import Actor


class Budget(Resourceful):
    """Of an owner, for a period: committed is ordered, reserved waits, left is the rest.

    A recurring budget is a `series` of them, one a period; `next_amount` is what the next begins
    with, before anything is carried over.
    """

    object: Literal["budget"] = "budget"
    name: str
    owner_kind: str
    owner: str
    responsible: Person | None
    mode: str
    basis: str
    period: str
    rollover: str
    number: int
    series: str
    alert_percents: list[int]
    starts_at: datetime
    ends_at: datetime
    closed_at: datetime | None
    next_amount: Money
    amount: Money
    committed: Money
    reserved: Money
    left: Money
    allowed_actions: list[str]
    closed_actions: list[ClosedAction]


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


def show_budgets(budgets: Sequence[models.Budget], actor: Actor) -> list[Budget]:
    """Budgets with the responsible members loaded, and what the caller may do with each."""
    return [
        Budget(
            **frame(budget),
            name=budget.name,
            owner_kind=budget.owner_kind,
            owner=budget.owner_ref,
            responsible=person(budget.responsible) if budget.responsible else None,
            mode=budget.mode,
            basis=budget.basis,
            period=budget.period,
            rollover=budget.rollover,
            number=budget.number,
            series=budget.first_id,
            alert_percents=budget.alert_percents,
            starts_at=budget.starts_at,
            ends_at=budget.ends_at,
            closed_at=budget.closed_at,
            next_amount=money(budget.base_minor, budget.currency),
            amount=money(budget.amount_minor, budget.currency),
            committed=money(budget.committed_minor, budget.currency),
            reserved=money(budget.reserved_minor, budget.currency),
            left=money(budget.left_minor, budget.currency),
            **actions_of(refusals),
        )
        for budget, refusals in zip(budgets, explain_budgets(actor, budgets), strict=True)
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


class BudgetTransfer(Answer):
    """An amount that one budget gave and another got."""

    object: Literal["budget_transfer"] = "budget_transfer"
    id: str
    created_at: datetime
    source: str
    target: str
    amount: Money
    reason: str


class BudgetFit(Answer):
    """One budget as it would be with the amount taken; `fits` is null in another currency."""

    budget: str
    name: str
    mode: str
    left: Money
    left_after: Money
    fits: bool | None


class BudgetCheck(Answer):
    """Whether an amount would fit into every budget that it would draw on."""

    object: Literal["budget_check"] = "budget_check"
    fits: bool
    budgets: list[BudgetFit]


class Credit(Answer):
    """How far a customer may owe: `open` is ordered and not paid, `waiting` waits for approval."""

    object: Literal["credit"] = "credit"
    company: str
    version: int
    mode: str
    limit: Money
    open: Money
    waiting: Money
    overdue: Money
    left: Money


def show_transfer(transfer: models.BudgetTransfer) -> BudgetTransfer:
    """A transfer with its postings loaded."""
    return BudgetTransfer(
        id=transfer.id,
        created_at=transfer.created_at,
        source=transfer.given.budget_id,
        target=transfer.got.budget_id,
        amount=money(transfer.got.amount_minor, transfer.got.currency),
        reason=transfer.got.reason,
    )


def show_check(fits: Sequence[Fit], amount_minor: int) -> BudgetCheck:
    """All budgets of a check."""
    return BudgetCheck(
        fits=all(fit.fits for fit in fits),
        budgets=[
            BudgetFit(
                budget=fit.budget.id,
                name=fit.budget.name,
                mode=fit.budget.mode,
                left=money(fit.budget.left_minor, fit.budget.currency),
                left_after=money(
                    fit.budget.left_minor - (amount_minor if fit.is_comparable else 0),
                    fit.budget.currency,
                ),
                fits=fit.fits if fit.is_comparable else None,
            )
            for fit in fits
        ],
    )


def show_credit(account: models.Budget) -> Credit:
    """A credit account."""
    currency = account.currency
    return Credit(
        company=account.company_id,
        version=account.version,
        mode=account.mode,
        limit=money(account.amount_minor, currency),
        open=money(account.committed_minor, currency),
        waiting=money(account.reserved_minor, currency),
        overdue=money(account.overdue_minor, currency),
        left=money(account.left_minor, currency),
    )
