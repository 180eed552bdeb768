"""Holding an amount in every budget that a purchase draws on: all of them, or none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from placet.budgets.actions.alert_budget import alert_budget
from placet.budgets.balances import (
    Move,
    Posting,
    insert_entries,
    insert_reservations,
    take_room,
)
from placet.budgets.models import Budget, LedgerEntry, Reservation
from placet.core.actor import Actor
from placet.core.errors import Conflict
from placet.core.transaction import transaction
from placet.events.record import record


class Draw(NamedTuple):
    """What a purchase takes from one budget, in minor units of the budget's currency.

    The rate is how many minor units of the budget's currency one minor unit of the purchase is; it
    is stored, and exactly what was reserved is released.
    """

    budget_id: str
    amount_minor: int
    rate_numerator: int = 1
    rate_denominator: int = 1


class BudgetExceeded(Conflict):
    """A budget in mode *block* has less left than the purchase needs."""

    code = "budget_exceeded"


class CreditExceeded(Conflict):
    """The merchant's credit does not cover it; the buying side is not told by how much."""

    code = "supplier_declines"


@transaction
def reserve_budgets(
    requisition_id: str,
    *,
    revision_id: str,
    draws: Sequence[Draw],
    company_id: str = "",
    actor: Actor,
    now: datetime,
) -> list[Reservation]:
    """Reserve for a revision in every budget, by id, so that two purchases never wait in a ring.

    The room of all budgets is checked and taken by one guarded UPDATE. Modes *warn* and *approve*
    always reserve and record the overdraft; mode *block* raises ``BudgetExceeded`` and nothing
    stays reserved. ``company_id`` is whose budgets they are, where the actor is of the merchant.
    """
    company_id = company_id or actor.company_id
    wanted = sorted(draw for draw in draws if draw.amount_minor > 0)
    if not wanted:
        return []
    budgets = take_room([Move(draw.budget_id, draw.amount_minor) for draw in wanted], company_id)
    for draw in wanted:
        if draw.budget_id not in budgets:
            raise _exceeded(draw, company_id)
    held = [
        Reservation(
            created_at=now,
            budget=budgets[draw.budget_id],
            requisition_id=requisition_id,
            revision_id=revision_id,
            amount_minor=draw.amount_minor,
            overdraft_minor=max(0, min(draw.amount_minor, -budgets[draw.budget_id].left_minor)),
        )
        for draw in wanted
    ]
    insert_reservations(held)
    insert_entries(
        [_posting(*pair) for pair in zip(held, wanted, strict=True)],
        requisition_id,
        actor=actor,
        now=now,
    )
    for reservation in held:
        record_reserved(reservation, actor=actor, now=now)
        if reservation.budget.account != Budget.Account.CREDIT:
            alert_budget(reservation.budget, actor=actor, now=now)
    return held


def _posting(reservation: Reservation, draw: Draw) -> Posting:
    return Posting(
        reservation.budget,
        reservation.id,
        LedgerEntry.Kind.RESERVE,
        draw.amount_minor,
        draw.rate_numerator,
        draw.rate_denominator,
    )


def record_reserved(reservation: Reservation, *, actor: Actor, now: datetime) -> None:
    """That an amount is held, in the trail of the budget's company."""
    budget = reservation.budget
    if budget.account == Budget.Account.CREDIT:
        return  # The buyer's trail must not tell it; the ledger does.
    record(
        "budget.reserved",
        budget.id,
        actor=actor,
        now=now,
        company_id=budget.company_id,
        budget=budget.id,
        amount_minor=reservation.amount_minor,
        overdraft_minor=reservation.overdraft_minor,
        requisition=reservation.requisition_id,
    )


def _exceeded(draw: Draw, company_id: str) -> Conflict:
    budget = Budget.objects.get(pk=draw.budget_id, company_id=company_id)
    if budget.account == Budget.Account.CREDIT:
        return CreditExceeded(_("The supplier does not take this order as it is."))
    return BudgetExceeded(
        _("%(budget)s has not enough left for this purchase.") % {"budget": budget.name},
        budget=budget.id,
        left_minor=budget.left_minor,
        wanted_minor=draw.amount_minor,
    )
