"""What the catalog has instead of a line: shown to the approver, whoever chose the line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from typing import NamedTuple

from django.db.models import Q

from placet.carts.quantities import nearest_quantity
from placet.catalog.assortments import allowed_products
from placet.catalog.models import Product
from placet.catalog.prices import PriceTiers, list_prices_for
from placet.orders.content import Content, ContentLine


class Alternative(NamedTuple):
    """A product that the catalog names as a substitute, at today's price for this company.

    ``delta_minor`` is what the whole line would cost more (or less, then it is negative) with
    ``quantity`` of it. ``is_preferred`` where it is what the catalog gives for the line's product,
    and not the other way round.
    """

    product: Product
    quantity: int
    unit_price_minor: int
    delta_minor: int
    is_preferred: bool


def list_alternatives(content: Content, *, now: datetime) -> Mapping[int, tuple[Alternative, ...]]:
    """By line, what could be bought instead, the cheapest first: five queries at most.

    What the requester may not have is no alternative: it could not be suggested.
    """
    ids = sorted({line.product for line in content.lines if line.product})
    lines = Product.objects.filter(pk__in=ids).values_list("pk", "substitute_id")
    named = {product: substitute for product, substitute in lines if substitute}
    candidates = list(
        Product.objects.filter(
            Q(pk__in=named.values()) | Q(substitute_id__in=ids), status=Product.Status.ACTIVE
        ).exclude(pk__in=ids)
    )
    if candidates:
        allowed = allowed_products(content.company, content.requester)
        candidates = [one for one in candidates if allowed.permits(one)]
    if not candidates:
        return {}
    prices = list_prices_for(content.company, content.currency, [one.pk for one in candidates], now)
    return {
        line.number: _of_line(line, named.get(line.product, ""), candidates, prices)
        for line in content.lines
    }


def _of_line(
    line: ContentLine,
    named: str,
    candidates: list[Product],
    prices: Mapping[str, PriceTiers],
) -> tuple[Alternative, ...]:
    found = [
        _alternative(line, product, prices[product.pk], product.pk == named)
        for product in candidates
        if product.pk in prices and (product.pk == named or product.substitute_id == line.product)
    ]
    return tuple(sorted(found, key=lambda one: (one.delta_minor, one.product.sku)))


def _alternative(
    line: ContentLine, product: Product, prices: PriceTiers, is_preferred: bool
) -> Alternative:
    quantity = nearest_quantity(product, line.quantity)
    price = prices.at(quantity)
    total = round(Fraction(price * quantity, product.price_quantity))
    return Alternative(product, quantity, price, total - line.total_minor, is_preferred)
