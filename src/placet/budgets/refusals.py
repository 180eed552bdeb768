"""Why a budget cannot be changed any more, and what may be done with each of many."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from placet.budgets.models import Budget
from placet.budgets.permissions import can_manage_at
from placet.budgets.sight import unit_paths_of
from placet.companies.refusals import Refusal
from placet.core.actor import Actor


def why_closed(budget: Budget) -> Refusal | None:
    """That nothing is changed any more in a budget that was closed."""
    if budget.closed_at is None:
        return None
    return Refusal("budget_closed", _("“%(budget)s” is closed.") % {"budget": budget.name})


def why_over(budget: Budget) -> Refusal | None:
    """That a series is changed where its newest period is."""
    if budget.is_latest:
        return None
    return Refusal("period_over", _("This period is over: change the running one."))


def explain_budgets(actor: Actor, budgets: Sequence[Budget]) -> list[dict[str, Refusal | None]]:
    """For each budget what may be done with it, and why not; three queries for all of them."""
    paths = unit_paths_of((budget.owner_kind, budget.owner_ref) for budget in budgets)
    told = []
    for budget in budgets:
        owner = (budget.owner_kind, budget.owner_ref)
        closed = can_manage_at(actor, *owner, paths[owner]) or why_closed(budget)
        told.append(
            {
                "change": closed or why_over(budget),
                "adjust": closed,
                "transfer": closed,
                "close": closed,
            }
        )
    return told
