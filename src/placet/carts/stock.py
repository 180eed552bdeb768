"""What is short before anybody approves it: how many are there, and what to do instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from placet.carts.pricing import PricedCart, PricedLine
from placet.catalog.models import Product


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


def list_shortages(priced: PricedCart) -> Mapping[int, Shortage]:
    """The short lines by their numbers; at most one query, and none where nothing is short."""
    short = [line for line in priced.lines if line.quantity > line.product.stock]
    wanted = {line.product.substitute_id for line in short if line.product.substitute_id}
    substitutes = Product.objects.in_bulk(sorted(wanted)) if wanted else {}
    return {line.number: _shortage(line, substitutes) for line in short}


def list_refused(priced: PricedCart) -> list[str]:
    """The SKUs of which more is wanted than can be delivered at all."""
    return [
        line.product.sku
        for line in priced.lines
        if line.quantity > line.product.stock and not line.product.sells_beyond_stock
    ]


def _shortage(line: PricedLine, substitutes: Mapping[str, Product]) -> Shortage:
    product = line.product
    in_stock = max(product.stock, 0)
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
