"""Lines before they have a price: what, how many, where to, and at which held price."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import NamedTuple

from placet.carts.models import Cart, CartLine
from placet.carts.pricing.values import NO_REFERENCES
from placet.catalog.models import Product
from placet.companies.queries import get_merchant_day


class Split(NamedTuple):
    """A part of a line before it has amounts; empty ids where nothing is chosen."""

    quantity: int
    ship_to_id: str
    cost_center_id: str
    need_by_on: date | None


class Held(NamedTuple):
    """A price that the merchant holds for exactly so many pieces, until a day of its calendar."""

    unit_price_minor: int
    quantity: int
    until_on: date


def held_today(
    product: Product, unit_price_minor: int, price_quantity: int, quantity: int, until_on: date
) -> Held | None:
    """A price that was said for ``price_quantity`` pieces, for as many as it is said for today.

    Nothing where that is no whole amount of minor units: then it cannot be kept to the cent.
    """
    price = Fraction(unit_price_minor * product.price_quantity, price_quantity)
    return Held(price.numerator, quantity, until_on) if price.denominator == 1 else None


class WantedLine(NamedTuple):
    """A line before it has a price."""

    product: Product
    quantity: int
    splits: tuple[Split, ...]
    added_by_id: str
    held: Held | None = None
    line_id: str = ""
    thread_id: str = ""
    replaces_sku: str = ""
    version: int = 1
    note: str = ""
    references: Mapping[str, str] = NO_REFERENCES


def wanted_of_cart(cart: Cart) -> list[WantedLine]:
    """The lines of a cart in their order; two queries."""
    lines = (
        CartLine.objects.filter(cart_id=cart.pk)
        .select_related("product__category")
        .prefetch_related("allocations")
        .order_by("position", "id")
    )
    return [_wanted(cart, line) for line in lines]


def kept_lines(wanted: Sequence[WantedLine]) -> frozenset[str]:
    """The products that a requisition has already, and of which no more is wanted than it has.

    These stay in it, whatever assortments say since.
    """
    held = (line for line in wanted if line.held and line.quantity <= line.held.quantity)
    return frozenset(line.product.pk for line in held)


def still_held(wanted: Sequence[WantedLine], now: datetime) -> list[WantedLine]:
    """The lines with those held prices that hold now, for the quantity that they have now."""
    held = [line.held for line in wanted if line.held]
    today = get_merchant_day(now) if held else date.max
    return [
        line
        if line.held and line.held.quantity == line.quantity and today <= line.held.until_on
        else line._replace(held=None)
        for line in wanted
    ]


def _wanted(cart: Cart, line: CartLine) -> WantedLine:
    held = None
    if line.held_price_minor is not None and line.held_quantity and line.held_until:
        held = Held(line.held_price_minor, line.held_quantity, line.held_until)
    return WantedLine(
        product=line.product,
        quantity=line.quantity,
        splits=tuple(_splits(cart, line)),
        added_by_id=line.added_by_id,
        held=held,
        line_id=line.id,
        thread_id=line.thread_id or "",
        replaces_sku=line.replaces_sku,
        version=line.version,
        note=line.note,
        references=line.references,
    )


def _splits(cart: Cart, line: CartLine) -> list[Split]:
    """The parts of a line; what a part leaves open is the cart's own."""
    ship_to, cost_center = cart.ship_to_id or "", cart.cost_center_id or ""
    rows = sorted(line.allocations.all(), key=lambda row: row.position)
    if not rows:
        return [Split(line.quantity, ship_to, cost_center, None)]
    return [
        Split(
            row.quantity,
            row.ship_to_id or ship_to,
            row.cost_center_id or cost_center,
            row.need_by_on,
        )
        for row in rows
    ]
