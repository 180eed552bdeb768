"""A line of a cart as a document, priced at the moment of the answer."""

from __future__ import annotations

from datetime import date
from typing import Literal

from placet.api.schemas.base import Answer, Money, UnitPrice, money
from placet.carts.pricing import PricedAllocation, PricedLine


class Allocation(Answer):
    """A part of a line with its share of everything."""

    quantity: int
    ship_to: str | None
    cost_center: str | None
    need_by_on: date | None
    goods: Money
    shipping: Money
    tax: Money
    tax_basis_points: int


class NextTier(Answer):
    """With so many pieces more, the price is this one."""

    more: int
    unit_price: UnitPrice


class NextLinePromotion(Answer):
    """With so many pieces more, a promotion takes this much off the line."""

    more: int
    name: str
    basis_points: int


class CartLine(Answer):
    """A line at the company's price; ``version`` is its own ETag. ``total`` is net of ``discount``.

    ``promotion`` names the one that lowered this line itself; ``next_tier`` and ``next_promotion``
    say how many pieces more would make it cheaper.
    """

    object: Literal["cart_line"] = "cart_line"
    id: str
    version: int
    number: int
    product: str
    sku: str
    name: str
    pack: str
    quantity: int
    unit_price: UnitPrice
    list_price: UnitPrice | None
    discount: Money
    promotion: str
    total: Money
    tax: Money
    next_tier: NextTier | None
    next_promotion: NextLinePromotion | None
    replaces_sku: str
    note: str
    references: dict[str, str]
    added_by: str
    thread: str | None
    allocations: list[Allocation]


def show_cart_line(line: PricedLine, currency: str) -> CartLine:
    """One priced line."""
    return CartLine(
        id=line.line_id,
        version=line.version,
        number=line.number,
        product=line.product.id,
        sku=line.product.sku,
        name=line.product.name,
        pack=line.product.pack,
        quantity=line.quantity,
        unit_price=_unit_price(line.unit_price_minor, line, currency),
        list_price=(
            _unit_price(line.list_price_minor, line, currency)
            if line.list_price_minor is not None
            else None
        ),
        discount=money(line.discount_minor, currency),
        promotion=line.promotion,
        total=money(line.total_minor, currency),
        tax=money(line.tax_minor, currency),
        next_tier=_next_tier(line, currency),
        next_promotion=_next_line_promotion(line),
        replaces_sku=line.replaces_sku,
        note=line.note,
        references=dict(line.references),
        added_by=line.added_by_id,
        thread=line.thread_id or None,
        allocations=[_allocation(part, currency) for part in line.allocations],
    )


def _next_tier(line: PricedLine, currency: str) -> NextTier | None:
    found = line.next_tier
    if found is None:
        return None
    price = _unit_price(found.unit_price_minor, line, currency)
    return NextTier(more=found.more, unit_price=price)


def _next_line_promotion(line: PricedLine) -> NextLinePromotion | None:
    found = line.next_promotion
    return NextLinePromotion(**found._asdict()) if found else None


def _unit_price(minor: int, line: PricedLine, currency: str) -> UnitPrice:
    return UnitPrice(amount_minor=minor, currency=currency, price_quantity=line.price_quantity)


def _allocation(part: PricedAllocation, currency: str) -> Allocation:
    return Allocation(
        quantity=part.quantity,
        ship_to=part.ship_to_id or None,
        cost_center=part.cost_center_id or None,
        need_by_on=part.need_by_on,
        goods=money(part.goods_minor, currency),
        shipping=money(part.shipping_minor, currency),
        tax=money(part.tax_minor, currency),
        tax_basis_points=part.tax_basis_points,
    )
