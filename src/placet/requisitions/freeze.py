"""From a live cart to frozen content: the only place where a purchase is written down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from placet.carts.models import Cart
from placet.carts.pricing import PricedAllocation, PricedCart, PricedLine
from placet.catalog.models import PartNumber
from placet.companies.models import Address, CostCenter
from placet.companies.terms import terms_of
from placet.orders.content import (
    Content,
    ContentAllocation,
    ContentDiscount,
    ContentLine,
    ContentShipment,
    ContentTax,
    CostCenterMark,
    Place,
)
from placet.plans.quoted import content_quote


class Marks(NamedTuple):
    """What a content repeats of its company: places, cost centres, and its own part numbers."""

    places: tuple[Place, ...]
    cost_centers: tuple[CostCenterMark, ...]
    part_numbers: Mapping[str, str]


def freeze_cart(
    cart: Cart,
    priced: PricedCart,
    *,
    requisition_id: str,
    number: str,
    source: str = "cart",
    last_paid: Mapping[str, int],
    hold_days: int,
    marks: Marks | None = None,
    now: datetime,
) -> Content:
    """The content of a cart at its prices of this moment.

    ``last_paid`` maps a SKU to the last unit price paid, in minor units for the price quantity;
    ``marks`` are looked up where they are not known.
    """
    marks = marks or _load_marks(cart.company_id, priced)
    return Content(
        requisition=requisition_id,
        number=number,
        name=cart.name,
        company=cart.company_id,
        unit=cart.unit_id,
        requester=cart.owner_id,
        source=source,
        currency=priced.currency,
        goods_minor=priced.goods_minor,
        discount_minor=priced.discount_minor,
        shipping_minor=priced.shipping_minor,
        tax_minor=priced.tax_minor,
        total_minor=priced.total_minor,
        bill_to=place_of(cart.bill_to) if cart.bill_to else None,
        ship_tos=marks.places,
        cost_centers=marks.cost_centers,
        terms=terms_of(cart.company, cart.terms),
        references={**cart.references, "po": cart.po_number},
        justification=cart.justification,
        requested_on=cart.requested_on.isoformat() if cart.requested_on else "",
        prices_held_until=_held_until(priced, hold_days, now),
        lines=tuple(
            _line(line, last_paid, marks.part_numbers.get(line.product.id, ""))
            for line in priced.lines
        ),
        shipments=tuple(ContentShipment(*one) for one in priced.shipments),
        discounts=tuple(ContentDiscount(*one) for one in priced.discounts),
        taxes=tuple(ContentTax(*one) for one in priced.taxes),
        quote=content_quote(cart.quoted, priced.lines),
    )


def _held_until(priced: PricedCart, hold_days: int, now: datetime) -> str:
    """The day until which prices are held; what a shop states is not looked up again, ever."""
    if priced.is_stated:
        return ""
    return (now + timedelta(days=hold_days)).date().isoformat()


def _load_marks(company_id: str, priced: PricedCart) -> Marks:
    ship_tos = {part.ship_to_id for line in priced.lines for part in line.allocations}
    cost_centers = {part.cost_center_id for line in priced.lines for part in line.allocations}
    numbers = PartNumber.objects.filter(
        company_id=company_id, product_id__in=[line.product.id for line in priced.lines]
    )
    return Marks(
        tuple(_places(company_id, ship_tos)),
        tuple(_marks(company_id, cost_centers)),
        dict(numbers.values_list("product_id", "number")),
    )


def _line(line: PricedLine, last_paid: Mapping[str, int], part_number: str) -> ContentLine:
    product = line.product
    parts = tuple(_allocation(part) for part in line.allocations)
    return ContentLine(
        number=line.number,
        product=product.id,
        sku=product.sku,
        name=product.name,
        pack=product.pack,
        category=product.category.path,
        quantity=line.quantity,
        unit_price_minor=line.unit_price_minor,
        list_price_minor=line.list_price_minor,
        last_paid_minor=last_paid.get(product.sku),
        price_quantity=line.price_quantity,
        total_minor=line.total_minor,
        tax_minor=line.tax_minor,
        tax_basis_points=parts[0].tax_basis_points if parts else product.tax_basis_points,
        allocations=parts,
        discount_minor=line.discount_minor,
        part_number=part_number,
        note=line.note,
        references=line.references,
    )


def _allocation(part: PricedAllocation) -> ContentAllocation:
    return ContentAllocation(
        quantity=part.quantity,
        ship_to=part.ship_to_id,
        cost_center=part.cost_center_id,
        need_by_on=part.need_by_on.isoformat() if part.need_by_on else "",
        goods_minor=part.goods_minor,
        shipping_minor=part.shipping_minor,
        tax_minor=part.tax_minor,
        tax_basis_points=part.tax_basis_points,
    )


def _places(company_id: str, address_ids: Iterable[str]) -> list[Place]:
    addresses = Address.objects.filter(company_id=company_id, pk__in=sorted(address_ids))
    return [place_of(address) for address in addresses.order_by("pk")]


def place_of(address: Address) -> Place:
    """The address as a content repeats it."""
    return Place(
        id=address.id,
        name=address.name,
        street=address.street,
        postcode=address.postcode,
        city=address.city,
        country=address.country,
        delivery_note=address.delivery_note,
    )


def _marks(company_id: str, cost_center_ids: Iterable[str]) -> list[CostCenterMark]:
    centers = CostCenter.objects.filter(company_id=company_id, pk__in=sorted(cost_center_ids))
    return [
        CostCenterMark(center.id, center.code, center.name) for center in centers.order_by("pk")
    ]
