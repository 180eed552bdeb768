"""Orders that were taken over and shipments of them, in few words."""

from __future__ import annotations

from datetime import date

from placet.core.actor import Actor
from placet.orders.actions import acknowledge_order
from placet.orders.actions.ship_order import ship_order
from placet.orders.models import Order, Shipment
from placet.orders.queries import find_order_of
from tests.cast import Cast
from tests.requisitions.road import GLOVES, fill_cart, submit

PENS = "PEN-B"
TODAY = date(2026, 11, 24)


def taken_over(cast: Cast, *lines: tuple[str, int], number: str = "SO-4711") -> Order:
    """An order of Lena's that the merchant has taken over; twenty gloves and ten pens."""
    bought = lines or ((GLOVES, 20), (PENS, 10))
    order = find_order_of(submit(fill_cart(cast, *bought), actor=cast.lena, now=cast.now).pk)
    assert order is not None
    return acknowledge_order(order, erp_number=number, actor=cast.tomas, now=cast.now)


def ship(
    order: Order, cast: Cast, *, actor: Actor | None = None, tracking: str = "", **packs: int
) -> Shipment:
    """Ship so many packs of products, by SKU with underscores; of none: all that is open."""
    numbers = {line.sku.replace("-", "_"): line.number for line in order.lines.all()}
    return ship_order(
        order,
        quantities={numbers[sku]: count for sku, count in packs.items()} if packs else None,
        shipped_on=TODAY,
        carrier="DHL",
        tracking=tracking,
        actor=actor or cast.tomas,
        now=cast.now,
    )


def number_of(order: Order, sku: str) -> int:
    """The number of the line of a product."""
    return int(order.lines.get(sku=sku).number)


def shipped(order: Order) -> dict[str, int]:
    """What has left, by SKU."""
    return dict(order.lines.values_list("sku", "shipped_quantity"))
