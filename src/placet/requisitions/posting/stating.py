"""A shop's own lines and prices, added up here: nothing of the catalog is behind them."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from placet.carts.pricing import PricedAllocation, PricedCart, PricedLine, Split
from placet.catalog.models import Category, Product
from placet.core.errors import InvalidInput
from placet.policy.adding_up import shipments_of
from placet.policy.money import LARGEST_AMOUNT_MINOR
from placet.policy.totals import Part, Share, apportioned, line_total, shares_by_place
from placet.requisitions.posting.discounts import lower
from placet.requisitions.posting.values import (
    PostedLine,
    PostedProduct,
    PostedPurchase,
    PostedShipping,
)


def price_as_stated(
    posted: PostedPurchase,
    wanted: Sequence[tuple[Split, ...]],
    shipping: Sequence[PostedShipping],
    *,
    added_by_id: str,
) -> PricedCart:
    """Lines at their stated prices and discounts, with stated shipping; tax rounded once a rate.

    Goods of a line are its unit price times its quantity, halves rounded up, less what is taken
    off; ``wanted`` are its parts. Raises ``InvalidInput`` for a line without a price, shipping to
    nowhere, or more taken off than there is.
    """
    stated = [_stated(at, line) for at, line in enumerate(posted.lines)]
    gross = [
        line_total(one.unit_price_minor, line.quantity, one.price_quantity)
        for one, line in zip(stated, posted.lines, strict=True)
    ]
    for at, minor in enumerate(gross):
        if minor > LARGEST_AMOUNT_MINOR:
            said = _("This costs more than can be ordered at once.")
            raise InvalidInput(f"lines/{at}/unit_price_minor", "too_large", said)
    goods, discounts = lower(gross, stated, posted.discounts)
    split = [
        apportioned(minor, [part.quantity for part in parts])
        for minor, parts in zip(goods, wanted, strict=True)
    ]
    places = [part.ship_to_id for parts in wanted for part in parts]
    parts = [
        Part(minor, one.tax_basis_points)
        for one, minors in zip(stated, split, strict=True)
        for minor in minors
    ]
    fees = _fees(shipping, places)
    shares, taxes = shares_by_place(parts, places, fees, posted.shipping_tax_basis_points)
    lines = _lines(posted, stated, wanted, split, shares, gross, added_by_id)
    tax = sum(one.tax_minor for one in taxes)
    return PricedCart(
        currency=posted.currency,
        lines=lines,
        goods_minor=sum(goods),
        shipping_minor=sum(fees.values()),
        discount_minor=sum(gross) - sum(goods),
        tax_minor=tax,
        total_minor=sum(goods) + sum(fees.values()) + tax,
        minimum_order_minor=0,
        free_shipping_from_minor=None,
        unsellable=(),
        shipments=shipments_of(places, parts, shares),
        discounts=discounts,
        taxes=taxes,
        is_stated=True,
    )


def product_as_stated(sku: str, stated: PostedProduct) -> Product:
    """What the shop says of a thing, as a product that is in no catalog and never saved."""
    path = stated.category.strip("/")
    return Product(
        id="",
        sku=sku,
        name=stated.name,
        pack=stated.pack,
        category=Category(id="", path=f"{path}/" if path else "", name=path.rpartition("/")[2]),
        brand=stated.brand,
        supplier=stated.supplier,
        tags=list(stated.tags),
        is_restricted=stated.is_restricted,
        price_quantity=stated.price_quantity,
        tax_basis_points=stated.tax_basis_points,
    )


def _stated(at: int, line: PostedLine) -> PostedProduct:
    if line.stated is None:
        said = _("Say what it is and what it costs: name and unit_price_minor.")
        raise InvalidInput(f"lines/{at}/unit_price_minor", "required", said)
    return line.stated


def _fees(shipping: Sequence[PostedShipping], places: Sequence[str]) -> dict[str, int]:
    """The shipping of each place where something goes."""
    fees = dict.fromkeys(places, 0)
    for at, one in enumerate(shipping):
        place = one.ship_to or (places[0] if len(fees) == 1 else "")
        if place not in fees:
            said = _("Nothing is delivered there. Name the ship-to of a line.")
            raise InvalidInput(f"shipping/{at}/ship_to", "unknown", said)
        fees[place] += one.amount_minor
    return fees


def _lines(
    posted: PostedPurchase,
    stated: Sequence[PostedProduct],
    wanted: Sequence[tuple[Split, ...]],
    split: Sequence[Sequence[int]],
    shares: Sequence[Share],
    gross: Sequence[int],
    added_by_id: str,
) -> tuple[PricedLine, ...]:
    rest = iter(shares)
    found = []
    for at, line in enumerate(posted.lines):
        allocations = tuple(
            PricedAllocation(
                part.quantity,
                part.ship_to_id,
                part.cost_center_id,
                part.need_by_on,
                minor,
                *next(rest),
                stated[at].tax_basis_points,
            )
            for part, minor in zip(wanted[at], split[at], strict=True)
        )
        found.append(_line(at, line, stated[at], allocations, gross[at], added_by_id))
    return tuple(found)


def _line(
    at: int,
    line: PostedLine,
    stated: PostedProduct,
    allocations: tuple[PricedAllocation, ...],
    gross_minor: int,
    added_by_id: str,
) -> PricedLine:
    net_minor = sum(part.goods_minor for part in allocations)
    return PricedLine(
        line_id="",
        number=at + 1,
        product=product_as_stated(line.sku, stated),
        quantity=line.quantity,
        unit_price_minor=stated.unit_price_minor,
        list_price_minor=None,
        price_quantity=stated.price_quantity,
        total_minor=net_minor,
        tax_minor=sum(part.tax_minor for part in allocations),
        allocations=allocations,
        added_by_id=added_by_id,
        thread_id="",
        replaces_sku="",
        note=line.note,
        discount_minor=gross_minor - net_minor,
        promotion=stated.promotion.strip() if stated.discount_minor else "",
        references=line.references,
    )
