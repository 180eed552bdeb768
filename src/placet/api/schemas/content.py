"""The frozen content of a purchase as a document, for the company and for the merchant."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from placet.api.schemas.base import Answer, Money, UnitPrice, money
from placet.carts.pricing import PricedDiscount
from placet.orders.content import (
    Content,
    ContentAllocation,
    ContentDiscount,
    ContentLine,
    ContentShipment,
    ContentTax,
    Place,
)
from placet.policy.adding_up import Shipment
from placet.policy.totals import TaxAtRate


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
    """A part of a line, taxed where it is delivered; the merchant is not told the cost centre."""

    quantity: int
    ship_to: str
    cost_center: str | None
    need_by_on: str | None
    goods: Money
    shipping: Money
    tax: Money
    tax_basis_points: int


class ShipmentShown(Answer):
    """What goes to one ship-to, with its own shipping; ``tax`` is of both."""

    ship_to: str
    goods: Money
    shipping: Money
    tax: Money


class DiscountShown(Answer):
    """What a promotion took off the goods, or with kind ``free_shipping`` off the shipping."""

    promotion: str
    name: str
    kind: str
    amount: Money


class TaxShown(Answer):
    """Everything that is taxed at one rate, shipping included; rounded once, on ``net``."""

    basis_points: int
    net: Money
    tax: Money


class LineShown(Answer):
    """One line; ``total`` is net of ``discount``.

    What was paid before, the line's note and its references are the company's own knowledge.
    """

    number: int
    product: str
    sku: str
    name: str
    pack: str
    category: str
    quantity: int
    unit_price: UnitPrice
    last_paid: UnitPrice | None
    discount: Money
    total: Money
    tax: Money
    tax_basis_points: int
    part_number: str
    note: str
    references: dict[str, str]
    allocations: list[AllocationShown]


class QuoteOrigin(Answer):
    """The offer at whose prices it was bought; the discount is off the list prices."""

    quote: str
    number: str
    offer: str
    offer_number: int
    discount_basis_points: int


class ContentShown(Answer):
    """Everything that is approved. ``total`` is goods and shipping before tax.

    Goods are net of ``discount``. Shipments, one a ship-to, and taxes, one a rate, each add up to
    what stands above them; contents that were frozen before these were kept have none.

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
    shipments: list[ShipmentShown]
    discounts: list[DiscountShown]
    taxes: list[TaxShown]
    quote: QuoteOrigin | None
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
        shipments=show_shipments(content.shipments, currency),
        discounts=show_discounts(content.discounts, currency),
        taxes=show_taxes(content.taxes, currency),
        quote=QuoteOrigin(**content.quote._asdict()) if content.quote else None,
        lines=[_line(line, currency, for_merchant) for line in content.lines],
    )


def show_shipments(
    shipments: Iterable[ContentShipment | Shipment], currency: str
) -> list[ShipmentShown]:
    """The shipments of a content or of a cart."""
    return [
        ShipmentShown(
            ship_to=one.ship_to,
            goods=money(one.goods_minor, currency),
            shipping=money(one.shipping_minor, currency),
            tax=money(one.tax_minor, currency),
        )
        for one in shipments
    ]


def show_discounts(
    discounts: Iterable[ContentDiscount | PricedDiscount], currency: str
) -> list[DiscountShown]:
    """The discounts of a content or of a cart."""
    return [
        DiscountShown(
            promotion=one.promotion,
            name=one.name,
            kind=one.kind,
            amount=money(one.amount_minor, currency),
        )
        for one in discounts
    ]


def show_taxes(taxes: Iterable[ContentTax | TaxAtRate], currency: str) -> list[TaxShown]:
    """The taxes of a content or of a cart."""
    return [
        TaxShown(
            basis_points=one.basis_points,
            net=money(one.net_minor, currency),
            tax=money(one.tax_minor, currency),
        )
        for one in taxes
    ]


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
        discount=money(line.discount_minor, currency),
        total=money(line.total_minor, currency),
        tax=money(line.tax_minor, currency),
        tax_basis_points=line.tax_basis_points,
        part_number=line.part_number,
        note="" if for_merchant else line.note,
        references={} if for_merchant else dict(line.references),
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
        tax_basis_points=part.tax_basis_points,
    )


def _unit_price(minor: int, line: ContentLine, currency: str) -> UnitPrice:
    return UnitPrice(amount_minor=minor, currency=currency, price_quantity=line.price_quantity)


def _place(place: Place) -> PlaceShown:
    values: dict[str, Any] = place._asdict()
    return PlaceShown(**values)
