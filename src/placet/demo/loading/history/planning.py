"""The real plan of a purchase of the past, from the facts of its moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from placet.budgets.actions.count_purchase import Counted
from placet.carts.models import Cart
from placet.carts.pricing import PricedCart
from placet.companies.models import Unit
from placet.demo.loading.history.figures import Figures
from placet.demo.loading.history.organisation import Organisations
from placet.plans.credit import credit_of
from placet.plans.facts import load_units
from placet.plans.limits import uses_of
from placet.plans.planner import compile_rulebooks
from placet.plans.purchase import purchase_of_cart
from placet.policy import facts
from placet.policy.plan import Plan
from placet.policy.planning import make_plan
from placet.policy.reads import Reads
from placet.policy.rulebook import CompiledRulebook, UnreadableRulebook


class PastPlan(NamedTuple):
    """A plan with what it was made from, and the last prices that the buyer saw beside it."""

    plan: Plan
    last_paid: Mapping[str, int]
    books: Sequence[CompiledRulebook | UnreadableRulebook]
    facts: facts.Facts
    credit: str = ""

    @property
    def draws(self) -> list[tuple[str, int]]:
        """What the purchase takes from which budget, and from the credit, in minor units."""
        taken = [(effect.budget, effect.this_minor) for effect in self.plan.budgets]
        owed = [(self.credit, self.facts.purchase.total_minor)] if self.credit else []
        return [*taken, *owed]


class Ground(NamedTuple):
    """What does not change while the history is played."""

    units: list[Unit]
    books: tuple[CompiledRulebook | UnreadableRulebook, ...]

    @property
    def reads(self) -> Sequence[Reads]:
        """What the rulebooks need."""
        return [book.reads for book in self.books if isinstance(book, CompiledRulebook)]


class Planner:
    """Plans many purchases with the product's engine and rulebooks."""

    def __init__(self) -> None:
        self.figures = Figures()
        self.organisations = Organisations()
        self._grounds: dict[str, Ground] = {}

    def plan_purchase(
        self, cart: Cart, priced: PricedCart, counted: Mapping[str, Counted], now: datetime
    ) -> PastPlan:
        """The plan as it stood at ``now``; ``counted`` are the counters without this purchase."""
        loaded, last_paid = self.facts_of(cart, priced, counted, now)
        books = self.ground_of(cart).books
        account = self.figures.credit_of(cart.company_id, now)
        credit = account.pk if account else ""
        return PastPlan(make_plan(books, loaded), last_paid, books, loaded, credit)

    def facts_of(
        self, cart: Cart, priced: PricedCart, counted: Mapping[str, Counted], now: datetime
    ) -> tuple[facts.Facts, Mapping[str, int]]:
        """The facts that ``plans.facts`` would load, and the last prices paid."""
        ground, center = self.ground_of(cart), cart.cost_center
        last_paid = self.figures.last_paid(
            cart.company_id, [line.product.sku for line in priced.lines]
        )
        codes = {center.pk: center.code} if center else {}
        purchase = purchase_of_cart(cart, priced, last_paid=last_paid, cost_center_codes=codes)
        budgets = self.figures.budgets_of(cart, priced, now)
        named = frozenset(budget.owner for budget in budgets if budget.owner)
        organisation = self.organisations.organisation_of(
            cart.owner, ground.units, ground.reads, center, named, now
        )
        loaded = facts.Facts(
            now=now,
            purchase=purchase,
            requester=self._requester(cart, ground, organisation, counted),
            beneficiary=None,
            authors=frozenset({cart.owner.user_id}),
            organisation=organisation,
            budgets=budgets,
            company=self._company(cart, now),
            history=self.figures.purchased.history_of(cart, purchase, ground.reads, now),
            rates={},
        )
        return loaded, last_paid

    def ground_of(self, cart: Cart) -> Ground:
        """The units from the root to the cart's, and the rulebooks in force there."""
        if cart.unit_id not in self._grounds:
            units = load_units(cart.company_id, cart.unit.path)
            self._grounds[cart.unit_id] = Ground(units, compile_rulebooks(cart.company_id, units))
        return self._grounds[cart.unit_id]

    def _requester(
        self,
        cart: Cart,
        ground: Ground,
        organisation: facts.Organisation,
        counted: Mapping[str, Counted],
    ) -> facts.Requester:
        roles, permissions, limit = self.organisations.rights_of(cart.owner, ground.units)
        return facts.Requester(
            person=organisation.people[cart.owner_id],
            roles=roles,
            permissions=permissions,
            limit=limit,
            uses=uses_of(counted, cart.currency),
        )

    def _company(self, cart: Cart, now: datetime) -> facts.Company:
        count, first = self.figures.orders_of(cart.company_id, now)
        zone = ZoneInfo(cart.company.time_zone)
        return facts.Company(
            id=cart.company_id,
            currency=cart.currency,
            zone=zone,
            customer_since_on=first.astimezone(zone).date(),
            earlier_orders=count,
            credit=credit_of(cart.company, self.figures.credit_of(cart.company_id, now)),
        )
