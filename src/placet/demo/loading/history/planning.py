"""The real plan of a purchase of the past, from the facts of its moment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from placet.budgets.actions.count_purchase import Counted
from placet.carts.models import Cart
from placet.carts.pricing import PricedCart
from placet.companies.models import Unit
from placet.plans.facts import load_cart_facts, load_units
from placet.plans.planner import compile_rulebooks
from placet.policy.plan import Plan
from placet.policy.planning import make_plan
from placet.policy.rulebook import CompiledRulebook, UnreadableRulebook


class PastPlan(NamedTuple):
    """A plan, and the last prices that the buyer saw beside it."""

    plan: Plan
    last_paid: Mapping[str, int]


class Planner:
    """Plans many purchases; trees and compiled rulebooks do not change meanwhile."""

    def __init__(self) -> None:
        self._units: dict[str, list[Unit]] = {}
        self._books: dict[str, tuple[CompiledRulebook | UnreadableRulebook, ...]] = {}

    def plan_purchase(
        self, cart: Cart, priced: PricedCart, counted: Mapping[str, Counted], now: datetime
    ) -> PastPlan:
        """The plan as it stood at ``now``; ``counted`` are the counters without this purchase."""
        units, books = self._ground(cart)
        loaded = load_cart_facts(
            cart,
            priced,
            units,
            [book.reads for book in books if isinstance(book, CompiledRulebook)],
            authors=frozenset({cart.owner.user_id}),
            counted=counted,
            now=now,
        )
        return PastPlan(make_plan(books, loaded.facts), loaded.last_paid)

    def _ground(
        self, cart: Cart
    ) -> tuple[list[Unit], tuple[CompiledRulebook | UnreadableRulebook, ...]]:
        if cart.unit_id not in self._units:
            units = load_units(cart.company_id, cart.unit.path)
            self._units[cart.unit_id] = units
            self._books[cart.unit_id] = compile_rulebooks(cart.company_id, units)
        return self._units[cart.unit_id], self._books[cart.unit_id]
