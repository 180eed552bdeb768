"""The frozen content of a purchase as a document, for the company and for the merchant."""

from __future__ import annotations

from typing import Any

from placet.api.schemas.base import Answer, Money, UnitPrice, money
from placet.orders.content import Content, ContentAllocation, ContentLine, Place


class PlaceShown(Answer):
    """An address as it stood when the content was frozen."""

    id: str
    name: str
    street: str
    postcode: str
    city: str
    country: str
    delivery_note: str


class CostCenterShown(Answer):
    """A cost centre as it stood then."""

    id: str
    code: str
    name: str


class AllocationShown(Answer):
    """A part of a line; the merchant is not told the cost centre."""

    quantity: int
    ship_to: str
    cost_center: str | None
    need_by_on: str | None
    goods: Money
    shipping: Money
    tax: Money


class LineShown(Answer):
    """One line. What was paid before is the company's own knowledge."""

    number: int
    product: str
    sku: str
    name: str
    pack: str
    category: str
    quantity: int
    unit_price: UnitPrice
    last_paid: UnitPrice | None
    total: Money
    tax: Money
    tax_basis_points: int
    allocations: list[AllocationShown]


class ContentShown(Answer):
    """Everything that is approved. ``total`` is goods and shipping before tax.

    For the merchant the cost centres, the justification and the last prices are empty.
    """

    currency: str
    goods: Money
    discount: Money
    shipping: Money
    total: Money
    tax: Money
    total_with_tax: Money
    po_number: str
    terms: str
    justification: str
    requested_on: str | None
    prices_held_until: str | None
    bill_to: PlaceShown | None
    ship_tos: list[PlaceShown]
    cost_centers: list[CostCenterShown]
    lines: list[LineShown]


def show_content(content: Content, *, for_merchant: bool) -> ContentShown:
    """The content for one side: the merchant sees lines, ship-tos and the PO number."""
    currency = content.currency
    return ContentShown(
        currency=currency,
        goods=money(content.goods_minor, currency),
        discount=money(content.discount_minor, currency),
        shipping=money(content.shipping_minor, currency),
        total=money(content.net_minor, currency),
        tax=money(content.tax_minor, currency),
        total_with_tax=money(content.total_minor, currency),
        po_number=content.po_number,
        terms=content.terms,
        justification="" if for_merchant else content.justification,
        requested_on=content.requested_on or None,
        prices_held_until=content.prices_held_until or None,
        bill_to=_place(content.bill_to) if content.bill_to else None,
        ship_tos=[_place(place) for place in content.ship_tos],
        cost_centers=[]
        if for_merchant
        else [CostCenterShown(**mark._asdict()) for mark in content.cost_centers],
        lines=[_line(line, currency, for_merchant) for line in content.lines],
    )


def _line(line: ContentLine, currency: str, for_merchant: bool) -> LineShown:
    last = None if for_merchant else line.last_paid_minor
    return LineShown(
        number=line.number,
        product=line.product,
        sku=line.sku,
        name=line.name,
        pack=line.pack,
        category=line.category,
        quantity=line.quantity,
        unit_price=_unit_price(line.unit_price_minor, line, currency),
        last_paid=_unit_price(last, line, currency) if last is not None else None,
        total=money(line.total_minor, currency),
        tax=money(line.tax_minor, currency),
        tax_basis_points=line.tax_basis_points,
        allocations=[_allocation(part, currency, for_merchant) for part in line.allocations],
    )


def _allocation(part: ContentAllocation, currency: str, for_merchant: bool) -> AllocationShown:
    return AllocationShown(
        quantity=part.quantity,
        ship_to=part.ship_to,
        cost_center=None if for_merchant else part.cost_center or None,
        need_by_on=part.need_by_on or None,
        goods=money(part.goods_minor, currency),
        shipping=money(part.shipping_minor, currency),
        tax=money(part.tax_minor, currency),
    )


def _unit_price(minor: int, line: ContentLine, currency: str) -> UnitPrice:
    return UnitPrice(amount_minor=minor, currency=currency, price_quantity=line.price_quantity)


def _place(place: Place) -> PlaceShown:
    values: dict[str, Any] = place._asdict()
    return PlaceShown(**values)
