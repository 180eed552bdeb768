"""What purchases of the past left behind so far: budgets, last prices, orders and their sums.

The product reads these from its tables; here they are kept beside, since the history asks for them
at every purchase. A test compares both.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from placet.budgets.models import Budget
from placet.carts.models import Cart
from placet.carts.pricing import PricedCart
from placet.demo.loading.history.ledger import Ledger
from placet.demo.loading.history.purchased import Purchased
from placet.plans.facts import BASES, BUDGET_KINDS
from placet.policy import facts


class Figures:
    """Running figures of every company."""

    def __init__(self) -> None:
        self.ledger = Ledger()
        self.purchased = Purchased()

    def flush(self) -> None:
        """Write down what is not yet, before somebody else reads or changes it."""
        self.ledger.flush()
        self.purchased.flush()

    def last_paid(self, company_id: str, skus: Iterable[str]) -> dict[str, int]:
        """The last price that the company paid for each of these, where it did."""
        return self.purchased.last_paid(company_id, skus)

    def orders_of(self, company_id: str, now: datetime) -> tuple[int, datetime]:
        """How many orders the company placed, and when the first."""
        return self.purchased.orders_of(company_id, now)

    def budgets_of(self, cart: Cart, priced: PricedCart, now: datetime) -> tuple[facts.Budget, ...]:
        """The running budgets that a purchase draws on, by id."""
        paths = {line.product.category.path for line in priced.lines}
        return tuple(
            _fact(budget, cart)
            for budget in self.ledger.budgets_of(cart.company_id)
            if budget.account == Budget.Account.BUDGET
            and budget.starts_at <= now < budget.ends_at
            and _is_drawn_on(budget, cart, paths)
        )

    def credit_of(self, company_id: str, now: datetime) -> Budget | None:
        """The account of what the company may owe, where the merchant set one."""
        for budget in self.ledger.budgets_of(company_id):
            if budget.account == Budget.Account.CREDIT and budget.starts_at <= now < budget.ends_at:
                return budget
        return None


def _is_drawn_on(budget: Budget, cart: Cart, category_paths: Iterable[str]) -> bool:
    kind = budget.owner_kind
    if kind == Budget.OwnerKind.UNIT:
        return bool(cart.unit.path.startswith(budget.owner_path))
    if kind == Budget.OwnerKind.CATEGORY:
        return any(path.startswith(budget.owner_path) for path in category_paths)
    owners = {
        Budget.OwnerKind.MEMBER: cart.owner_id,
        Budget.OwnerKind.COST_CENTER: cart.cost_center_id,
        Budget.OwnerKind.COMPANY: budget.owner_ref,
    }
    return budget.owner_ref == owners[Budget.OwnerKind(kind)]


def _fact(budget: Budget, cart: Cart) -> facts.Budget:
    center = cart.cost_center
    code = center.code if center and center.pk == budget.owner_ref else ""
    return facts.Budget(
        id=budget.pk,
        name=budget.name,
        kind=BUDGET_KINDS[budget.owner_kind],  # type: ignore[arg-type]
        key=code or budget.owner_path.strip("/") or budget.owner_ref,
        owner=budget.responsible_id,
        mode=budget.mode,  # type: ignore[arg-type]
        basis=BASES[budget.basis],  # type: ignore[arg-type]
        currency=budget.currency,
        amount_minor=budget.amount_minor,
        committed_minor=budget.committed_minor,
        reserved_minor=budget.reserved_minor,
    )
