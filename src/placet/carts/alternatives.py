"""Other products that do the same as a line's and cost less, or are preferred. Never silently.

The same is what the merchant names as the substitute, or what stands in the same category in the
same pack with the same attributes, and has some: a glove of another material is none.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q

from placet.carts.models import Cart, PurchaseListLine
from placet.carts.pricing import PricedCart, PricedLine
from placet.carts.quantities import nearest_quantity
from placet.catalog.assortments import allowed_products
from placet.catalog.models import CompanyPriceList, Price, Product
from placet.catalog.prices import PriceTiers, list_prices_for
from placet.policy.totals import line_total

MOST_LOOKED_AT = 400


class Alternative(NamedTuple):
    """A product instead of a line's, for the same quantity; ``saves_minor`` may be below zero.

    ``is_preferred`` says that the company has agreed a price for it or keeps it on a list of its
    own, and does neither with the line's.
    """

    line: PricedLine
    product: Product
    unit_price_minor: int
    saves_minor: int
    is_preferred: bool


def list_alternatives(cart: Cart, priced: PricedCart, *, now: datetime) -> list[Alternative]:
    """At most one for each line: the preferred one, else the cheapest; large savings first.

    Only what the cart's owner may order, and what there is enough of. A fixed number of queries.
    """
    candidates = _candidates(cart, priced)
    if not candidates:
        return []
    prices = list_prices_for(cart.company_id, cart.currency, [one.pk for one in candidates], now)
    everything = {one.pk for one in candidates} | {line.product.pk for line in priced.lines}
    preferred = _preferred(cart.company_id, everything)
    found = [_best(line, candidates, prices, preferred) for line in priced.lines]
    return sorted(
        (one for one in found if one is not None),
        key=lambda one: (not one.is_preferred, -one.saves_minor, one.line.number),
    )


def _candidates(cart: Cart, priced: PricedCart) -> list[Product]:
    products = [line.product for line in priced.lines]
    described = [one for one in products if one.attributes]
    substitutes = {one.substitute_id for one in products if one.substitute_id}
    alike = Q(
        category_id__in={one.category_id for one in described},
        pack__in={one.pack for one in described},
    )
    if not described and not substitutes:
        return []
    allowed = allowed_products(cart.company_id, cart.owner_id)
    return list(
        Product.objects.filter(alike | Q(pk__in=substitutes), allowed.condition())
        .filter(status=Product.Status.ACTIVE)
        .exclude(pk__in=[one.pk for one in products])
        .order_by("sku")[:MOST_LOOKED_AT]
    )


def _preferred(company_id: str, product_ids: Collection[str]) -> set[str]:
    """Those of the products that the company has agreed a price for, or keeps on its own lists."""
    agreed = CompanyPriceList.objects.filter(company_id=company_id).values("price_list_id")
    priced = Price.objects.filter(
        price_list_id__in=agreed, price_list__is_default=False, product_id__in=product_ids
    )
    listed = PurchaseListLine.objects.filter(
        purchase_list__company_id=company_id,
        purchase_list__scope="company",
        purchase_list__archived_at=None,
        product_id__in=product_ids,
    )
    found = priced.values_list("product_id", flat=True).union(
        listed.values_list("product_id", flat=True)
    )
    return set(found)


def _best(
    line: PricedLine,
    candidates: Sequence[Product],
    prices: Mapping[str, PriceTiers],
    preferred: Collection[str],
) -> Alternative | None:
    offers = [
        _offer(line, product, prices[product.pk], preferred)
        for product in candidates
        if product.pk in prices and _does_the_same(product, line)
    ]
    worth = [one for one in offers if one.is_preferred or one.saves_minor > 0]
    return max(worth, key=lambda one: (one.is_preferred, one.saves_minor), default=None)


def _does_the_same(product: Product, line: PricedLine) -> bool:
    mine = line.product
    is_named = mine.substitute_id == product.pk
    is_alike = bool(mine.attributes) and (
        (mine.category_id, mine.pack, mine.attributes)
        == (product.category_id, product.pack, product.attributes)
    )
    return (
        (is_named or is_alike)
        and product.price_quantity == line.price_quantity
        and nearest_quantity(product, line.quantity) == line.quantity
        and (product.stock >= line.quantity or mine.stock < line.quantity)
    )


def _offer(
    line: PricedLine, product: Product, tiers: PriceTiers, preferred: Collection[str]
) -> Alternative:
    price = tiers.at(line.quantity)
    total = line_total(price, line.quantity, product.price_quantity)
    return Alternative(
        line,
        product,
        price,
        line.gross_minor - total,
        product.pk in preferred and line.product.pk not in preferred,
    )
