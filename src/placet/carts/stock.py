"""What is short before anybody approves it: how many are there, and what to do instead."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple

from placet.carts.models import Cart
from placet.carts.pricing import PricedCart, PricedLine
from placet.catalog.assortments import allowed_products
from placet.catalog.models import Product
from placet.catalog.prices import list_prices_for


class Shortage(NamedTuple):
    """A line that wants more than there is.

    ``is_refused`` where the product is not sold beyond its stock; else the rest comes later, in
    about ``lead_time_days``. ``at_most`` is the largest quantity that there is and that can be
    ordered, 0 where there is none.
    """

    in_stock: int
    at_most: int
    is_refused: bool
    lead_time_days: int
    substitute: Product | None


def list_shortages(
    cart: Cart, priced: PricedCart, *, held: Mapping[str, int] | None = None, now: datetime
) -> Mapping[int, Shortage]:
    """The short lines by their numbers; a few queries, and none where nothing is short.

    A substitute is named only where the cart's owner could order it. ``held`` are the quantities
    by product that an order has already which this would change.
    """
    own = held or {}
    there = {one.number: one.product.stock + own.get(one.product.pk, 0) for one in priced.lines}
    short = [line for line in priced.lines if line.quantity > there[line.number]]
    wanted = {line.product.substitute_id for line in short if line.product.substitute_id}
    substitutes = _orderable(cart, wanted, now) if wanted else {}
    return {line.number: _shortage(line, there[line.number], substitutes) for line in short}


def _orderable(cart: Cart, product_ids: Collection[str], now: datetime) -> dict[str, Product]:
    """Those of the products that the cart's owner could order today."""
    allowed = allowed_products(cart.company_id, cart.owner_id)
    priced = list_prices_for(cart.company_id, cart.currency, product_ids, now)
    found = Product.objects.select_related("category").in_bulk(sorted(product_ids))
    return {pk: one for pk, one in found.items() if pk in priced and allowed.permits(one)}


def list_refused(priced: PricedCart, *, held: Mapping[str, int] | None = None) -> list[str]:
    """The SKUs of which more is wanted than can be delivered at all.

    ``held`` are the quantities by product that an order has already which this would change.
    """
    own = held or {}
    return [
        line.product.sku
        for line in priced.lines
        if line.quantity > line.product.stock + own.get(line.product.pk, 0)
        and not line.product.sells_beyond_stock
    ]


def _shortage(line: PricedLine, there: int, substitutes: Mapping[str, Product]) -> Shortage:
    product = line.product
    in_stock = max(there, 0)
    whole = in_stock // product.step_quantity * product.step_quantity
    substitute = substitutes.get(product.substitute_id or "")
    return Shortage(
        in_stock=in_stock,
        at_most=whole if whole >= product.minimum_quantity else 0,
        is_refused=not product.sells_beyond_stock,
        lead_time_days=product.lead_time_days,
        substitute=substitute
        if substitute and substitute.status == Product.Status.ACTIVE
        else None,
    )
