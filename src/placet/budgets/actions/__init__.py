"""What happens to budgets: one file an action."""

from placet.budgets.actions.adjust_budget import adjust_budget
from placet.budgets.actions.alert_budget import alert_budget
from placet.budgets.actions.change_budget import BudgetOutdated, change_budget, close_budget
from placet.budgets.actions.count_purchase import (
    count_purchase,
    recount_purchase,
    uncount_purchase,
)
from placet.budgets.actions.create_budget import create_budget
from placet.budgets.actions.keep_credit import (
    PaidTooMuch,
    end_credit,
    enter_payment,
    set_credit,
)
from placet.budgets.actions.replace_commitments import replace_commitments
from placet.budgets.actions.reserve_budget import (
    BudgetExceeded,
    CreditExceeded,
    Draw,
    reserve_budgets,
)
from placet.budgets.actions.settle_reservations import (
    commit_reservations,
    expire_reservations,
    refund_reservations,
    release_reservations,
)
from placet.budgets.actions.transfer_budget import NotEnoughLeft, transfer_budget

__all__ = [
    "BudgetExceeded",
    "BudgetOutdated",
    "CreditExceeded",
    "Draw",
    "NotEnoughLeft",
    "PaidTooMuch",
    "adjust_budget",
    "alert_budget",
    "change_budget",
    "close_budget",
    "commit_reservations",
    "count_purchase",
    "create_budget",
    "end_credit",
    "enter_payment",
    "expire_reservations",
    "recount_purchase",
    "refund_reservations",
    "release_reservations",
    "replace_commitments",
    "reserve_budgets",
    "set_credit",
    "transfer_budget",
    "uncount_purchase",
]
