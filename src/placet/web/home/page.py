"""What stands on the home page of a member."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from placet.budgets.models import Budget
from placet.budgets.queries import list_budgets
from placet.budgets.sight import unit_ids_of
from placet.carts.models import Cart
from placet.carts.queries import list_carts
from placet.companies.queries import list_cost_centers
from placet.core.actor import Actor
from placet.orders.models import Order
from placet.orders.queries import list_orders
from placet.requisitions.queries import count_inbox, list_inbox, list_waiting_on_others
from placet.web.budgets.page import BudgetState, state_of_budget
from placet.web.inbox.rows import InboxRow, list_rows
from placet.web.requisitions.rows import RequisitionRow, list_requisition_rows

SHOWN = 5
MOST_COUNTED = 1000


class Home(NamedTuple):
    """The first few of everything, and how many there are."""

    to_decide: list[InboxRow]
    to_decide_count: int
    waiting: list[RequisitionRow]
    waiting_count: int
    budgets: list[BudgetState]
    budget_count: int
    carts: list[Cart]
    cart_count: int
    orders: list[Order]

    @property
    def is_quiet(self) -> bool:
        """Whether nothing waits, neither for me nor for others."""
        return not (self.to_decide or self.waiting)


def read_home(actor: Actor, *, now: datetime) -> Home:
    """The home of a member, in a number of queries that depends on nothing."""
    inbox, waiting = list_inbox(actor), list_waiting_on_others(actor)
    carts = list_carts(actor)
    budgets = _budgets(actor, now)
    return Home(
        to_decide=list_rows(actor, list(inbox[:SHOWN]), now=now),
        to_decide_count=count_inbox(actor),
        waiting=list_requisition_rows(actor, list(waiting[:SHOWN])),
        waiting_count=waiting.order_by()[: MOST_COUNTED + 1].count(),
        budgets=budgets[:SHOWN],
        budget_count=len(budgets),
        carts=list(carts[:SHOWN]),
        cart_count=carts.order_by()[:MOST_COUNTED].count(),
        orders=list(list_orders(actor).filter(buyer_id=actor.member_id)[:SHOWN]),
    )


def _budgets(actor: Actor, now: datetime) -> list[BudgetState]:
    """Those that the member's own purchases draw on come first, and of them the fullest."""
    budgets = list(list_budgets(actor, now=now)[:MOST_COUNTED])
    centers = set(list_cost_centers(actor).exclude(unit=None).values_list("id", flat=True))

    def order(budget: Budget) -> tuple[bool, float]:
        is_mine = budget.owner_ref in centers | {actor.member_id} or (
            budget.owner_kind == Budget.OwnerKind.UNIT
            and budget.owner_ref in unit_ids_of(actor.unit_path)
        )
        return not is_mine, budget.left_minor / max(budget.amount_minor, 1)

    return [state_of_budget(budget) for budget in sorted(budgets, key=order)]
