"""The ways out of a plan that blocks or costs approvals, from what the requester could change.

Loaded when somebody looks at such a plan, never when it is submitted: a fixed number of queries,
whatever the lines, cost centres or substitutes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time
from typing import Final, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from placet.carts.models import Cart, CartAllocation
from placet.carts.quantities import nearest_quantity
from placet.catalog import models
from placet.catalog.assortments import allowed_products
from placet.catalog.prices import PriceTiers, list_prices_for
from placet.catalog.queries import find_store_terms
from placet.companies.models import Address, CostCenter
from placet.companies.queries import list_addresses, list_cost_centers
from placet.core.actor import Actor
from placet.plans.facts import load_budgets
from placet.plans.history import list_last_paid
from placet.plans.people import load_category_owners, with_members
from placet.plans.periods import PERIODS
from placet.plans.planner import CartPlan
from placet.plans.windows import load_baskets, load_history
from placet.policy import facts
from placet.policy.budgets import period_of
from placet.policy.reads import Reads
from placet.policy.rulebook import CompiledRulebook
from placet.policy.variations import Delivery, Offer, Prices, Product, Wait
from placet.policy.ways_out import Candidates, WayOut, ways_out

MOST_CHOICES: Final = 12
"""So many cost centres and ship-tos are tried, those of the nearest units first."""
OPENS_AT: Final = time(9)

Choice = TypeVar("Choice", CostCenter, Address)


class WaysOut(NamedTuple):
    """The ways out, best first, with the facts of the purchase as it stands and what ids mean."""

    ways: tuple[WayOut, ...]
    facts: facts.Facts
    cost_centers: Mapping[str, CostCenter]
    ship_tos: Mapping[str, Address]


class _Choices(NamedTuple):
    """What the actor could choose instead, and the products that could take a line's place."""

    cost_centers: Sequence[CostCenter]
    ship_tos: Sequence[Address]
    substitutes: Mapping[int, Product]


def load_ways_out(cart: Cart, planned: CartPlan, *, actor: Actor, now: datetime) -> WaysOut:
    """What the actor could change so that less stands in the way of this cart.

    Nothing where nobody has to approve, and where a product has no price. The actor is who would
    change the cart: only their cost centres and ship-tos count.
    """
    priced = planned.priced
    if planned.plan.outcome == "free" or priced.unsellable or not priced.lines:
        return WaysOut((), planned.facts, {}, {})
    substitutes = models.Product.objects.filter(
        pk__in=sorted(one for line in priced.lines if (one := line.product.substitute_id)),
        status=models.Product.Status.ACTIVE,
    ).select_related("category")
    products = {product.pk: product for product in substitutes}
    if products:
        allowed = allowed_products(cart.company_id, cart.owner_id)
        products = {pk: one for pk, one in products.items() if allowed.permits(one)}
    tiers = list_prices_for(
        cart.company_id,
        cart.currency,
        [*products, *(line.product.pk for line in priced.lines)],
        now,
    )
    choices = _Choices(
        cost_centers=_nearest(list_cost_centers(actor), cart, cart.cost_center_id),
        ship_tos=_nearest(list_addresses(actor, Address.Kind.SHIP_TO), cart, cart.ship_to_id),
        substitutes=_substitutes(cart, planned, products, tiers),
    )
    wide = _widened(cart, planned, choices, products, now=now)
    found = ways_out(
        planned.rulebooks,
        wide,
        prices_of(planned, tiers),
        _candidates(cart, planned, choices, now),
    )
    return WaysOut(
        found,
        planned.facts,
        {center.code: center for center in choices.cost_centers},
        {place.pk: place for place in choices.ship_tos},
    )


def _nearest(choices: Iterable[Choice], cart: Cart, current: str | None) -> list[Choice]:
    """Those of the cart's unit first, then of the units above it, then everybody's."""
    path = cart.unit.path
    others = [one for one in choices if one.pk != current]
    return sorted(others, key=lambda one: -path.find(one.unit_id or "?"))[:MOST_CHOICES]


def prices_of(planned: CartPlan, tiers: Mapping[str, PriceTiers]) -> Prices:
    """How the cart would be priced again."""
    currency = planned.priced.currency
    terms = find_store_terms(currency) or models.StoreTerms(currency=currency)
    offers = {
        line.number: _offer(line.product, tiers[line.product.pk]) for line in planned.priced.lines
    }
    return Prices(
        offers,
        Delivery(
            terms.shipping_fee_minor,
            terms.free_shipping_from_minor,
            terms.shipping_tax_basis_points,
        ),
    )


def _offer(product: models.Product, tiers: PriceTiers) -> Offer:
    return Offer(
        tiers=tuple((tier.from_quantity, tier.unit_price_minor) for tier in tiers.tiers),
        list_tiers=tuple((tier.from_quantity, tier.unit_price_minor) for tier in tiers.list_tiers),
        price_quantity=product.price_quantity,
        tax_basis_points=product.tax_basis_points,
        minimum_quantity=product.minimum_quantity,
        step_quantity=product.step_quantity,
    )


def _substitutes(
    cart: Cart,
    planned: CartPlan,
    products: Mapping[str, models.Product],
    tiers: Mapping[str, PriceTiers],
) -> dict[int, Product]:
    """What could take the place of which line: on sale, and not in the cart already."""
    there = {line.product.pk for line in planned.priced.lines}
    skus = [product.sku for product in products.values()]
    last_paid = list_last_paid(cart.company_id, cart.currency, skus)
    found: dict[int, Product] = {}
    for line in planned.priced.lines:
        product = products.get(line.product.substitute_id or "")
        if product is None or product.pk in there or product.pk not in tiers:
            continue
        found[line.number] = Product(
            sku=product.sku,
            name=product.name,
            category=product.category.path.strip("/"),
            brand=product.brand,
            supplier=product.supplier,
            tags=frozenset(product.tags),
            restricted=product.is_restricted,
            last_price_minor=last_paid.get(product.sku),
            quantity=nearest_quantity(product, line.quantity),
            offer=_offer(product, tiers[product.pk]),
        )
    return found


def _candidates(cart: Cart, planned: CartPlan, choices: _Choices, now: datetime) -> Candidates:
    """What can be changed at once: what a split line names for itself stays where it is."""
    split = CartAllocation.objects.filter(line__cart=cart).values_list("cost_center", "ship_to")
    skus = {line.product.sku for line in planned.priced.lines}
    baskets = load_baskets(
        cart.company_id,
        cart.unit.path,
        cart.currency,
        skus | {product.sku for product in choices.substitutes.values()},
        planned.facts.history.totals,
        now=now,
    )
    centers = {center for center, _ in split}
    places = {place for _, place in split}
    current = cart.cost_center if cart.cost_center_id not in centers else None
    return Candidates(
        cost_centre=current.code if current else "",
        cost_centres=tuple(center.code for center in choices.cost_centers),
        ship_to=cart.ship_to_id or "" if cart.ship_to_id not in places else "",
        ship_tos=tuple(place.pk for place in choices.ship_tos),
        substitutes=choices.substitutes,
        waits=_waits(cart, now),
        baskets=baskets or {},
        can_drop_lines=baskets is not None,
    )


def _waits(cart: Cart, now: datetime) -> tuple[Wait, ...]:
    """The mornings on which a period begins, and every period that has begun anew by then."""
    zone, month = ZoneInfo(cart.company.time_zone), cart.company.fiscal_year_month
    running = {period: period_of(now, zone, month, period) for period in PERIODS}
    waits = []
    for span in dict.fromkeys(running.values()):
        until = datetime.combine(span.ends_on, OPENS_AT, zone)
        begun = tuple(
            period for period in PERIODS if period_of(until, zone, month, period) != running[period]
        )
        waits.append(Wait(until, begun))
    return tuple(waits)


def _widened(
    cart: Cart,
    planned: CartPlan,
    choices: _Choices,
    products: Mapping[str, models.Product],
    *,
    now: datetime,
) -> facts.Facts:
    """The facts, complete for everything that could be chosen: budgets, owners, people, history."""
    known = planned.facts
    reads = [book.reads for book in planned.rulebooks if isinstance(book, CompiledRulebook)]
    used = {part.cost_center_id for line in planned.priced.lines for part in line.allocations}
    owned = known.organisation.cost_centre_owners
    centers = [*choices.cost_centers, *CostCenter.objects.filter(pk__in=sorted(used))]
    paths = {line.product.category.path for line in planned.priced.lines}
    paths |= {product.category.path for product in products.values()}
    budgets, _credit = load_budgets(cart, paths, centers, now, locked=False)
    owners = {**owned, **{one.code: one.owner_id for one in centers if one.owner_id}}
    categories = load_category_owners(cart.company_id, paths, reads)
    members = {*owners.values(), *categories.values(), *(b.owner for b in budgets if b.owner)}
    organisation = with_members(
        known.organisation, cart.company_id, members, reads, now=now
    )._replace(cost_centre_owners=owners, category_owners=categories)
    return known._replace(
        organisation=organisation,
        budgets=budgets,
        history=_history(cart, known, choices, reads, now=now),
    )


def _history(
    cart: Cart,
    known: facts.Facts,
    choices: _Choices,
    reads: Sequence[Reads],
    *,
    now: datetime,
) -> facts.History:
    """The sums by category and ship-to, also of those that could be chosen."""
    first = known.purchase.lines[0]
    part = first.allocations[0]
    places = tuple(part._replace(ship_to=place.pk) for place in choices.ship_tos)
    others = tuple(
        first._replace(category=product.category) for product in choices.substitutes.values()
    )
    wide = known.purchase._replace(
        lines=(*known.purchase.lines, *others, first._replace(allocations=places))
    )
    windows = frozenset().union(*(one.windows for one in reads))
    wider = load_history(
        cart.company_id,
        cart.owner_id,
        cart.unit.path,
        wide,
        frozenset(key for key in windows if key in known.history.by_key),
        frozenset().union(*(one.facts for one in reads)),
        now=now,
    )
    return wider._replace(totals=known.history.totals)
