"""What happens to budgets: one file an action."""

from placet.budgets.actions.adjust_budget import adjust_budget, create_budget
from placet.budgets.actions.count_purchase import count_purchase, uncount_purchase
from placet.budgets.actions.reserve_budget import BudgetExceeded, Draw, reserve_budgets
from placet.budgets.actions.settle_reservations import (
    commit_reservations,
    expire_reservations,
    release_reservations,
)

__all__ = [
    "BudgetExceeded",
    "Draw",
    "adjust_budget",
    "commit_reservations",
    "count_purchase",
    "create_budget",
    "expire_reservations",
    "release_reservations",
    "reserve_budgets",
    "uncount_purchase",
]
