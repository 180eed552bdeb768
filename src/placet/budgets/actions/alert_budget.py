"""Telling whoever answers for a budget that its use reached a threshold."""

from __future__ import annotations

from datetime import datetime

from placet.budgets.definition import reached_percents
from placet.budgets.models import Budget, BudgetAlert
from placet.core.actor import Actor
from placet.core.transaction import transaction
from placet.events.record import record


@transaction
def alert_budget(budget: Budget, *, actor: Actor, now: datetime) -> list[int]:
    """Note each threshold that the budget's use has reached, once a period; returns the new ones.

    The caller has locked or just updated the budget's row and passes it as it is now. Asks the
    database only when the use is at or over the lowest threshold.
    """
    reached = reached_percents(budget)
    if not reached:
        return []
    told = set(BudgetAlert.objects.filter(budget=budget).values_list("percent", flat=True))
    fresh = [percent for percent in reached if percent not in told]
    BudgetAlert.objects.bulk_create(
        BudgetAlert(created_at=now, budget=budget, percent=percent) for percent in fresh
    )
    for percent in fresh:
        record_reached(budget, percent=percent, actor=actor, now=now)
    return fresh


def record_reached(budget: Budget, *, percent: int, actor: Actor, now: datetime) -> None:
    """That the budget's use reached a threshold, in its company's trail."""
    record(
        "budget.threshold_reached",
        budget.id,
        actor=actor,
        now=now,
        company_id=budget.company_id,
        budget=budget.id,
        percent=percent,
        used_minor=budget.used_minor,
        amount_minor=budget.amount_minor,
        currency=budget.currency,
    )
