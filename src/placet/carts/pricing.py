"""What a cart costs at this moment: five queries, however many lines it has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from placet.carts.models import Cart, CartLine
from placet.catalog.models import Product, StoreTerms
from placet.catalog.prices import PriceTiers, list_prices_for
from placet.catalog.queries import find_store_terms
from placet.policy.totals import Part, Share, apportioned, line_total, shares_of


class PricedAllocation(NamedTuple):
    """A part of a line with its share of everything; ids are empty where nothing is chosen."""

    quantity: int
    ship_to_id: str
    cost_center_id: str
    need_by_on: date | None
    goods_minor: int
    shipping_minor: int
    tax_minor: int


class PricedLine(NamedTuple):
    """A line at the company's price. ``tax_minor`` is its share of all tax, shipping's included.

    ``unit_price_minor`` and ``list_price_minor`` are for ``price_quantity`` pieces.
    """

    line_id: str
    number: int
    product: Product
    quantity: int
    unit_price_minor: int
    list_price_minor: int | None
    price_quantity: int
    total_minor: int
    tax_minor: int
    allocations: tuple[PricedAllocation, ...]
    added_by_id: str
    thread_id: str
    replaces_sku: str
    version: int = 1
    note: str = ""


class PricedCart(NamedTuple):
    """A cart at this moment: ``goods + shipping + tax`` is the total, to the cent.

    Goods are net after discounts. ``free_shipping_from_minor`` is ``None`` where shipping is never
    free. ``unsellable`` are the SKUs that cannot be ordered as they stand.
    """

    currency: str
    lines: tuple[PricedLine, ...]
    goods_minor: int
    shipping_minor: int
    discount_minor: int
    tax_minor: int
    total_minor: int
    minimum_order_minor: int
    free_shipping_from_minor: int | None
    unsellable: tuple[str, ...]


class _Split(NamedTuple):
    """A part of a line before it has amounts."""

    quantity: int
    ship_to_id: str
    cost_center_id: str
    need_by_on: date | None


def price_cart(cart: Cart, *, now: datetime) -> PricedCart:
    """Price every line at the company's own price, with shipping and tax shared to its parts."""
    lines = list(
        CartLine.objects.filter(cart_id=cart.pk)
        .select_related("product__category")
        .prefetch_related("allocations")
        .order_by("position", "id")
    )
    prices = list_prices_for(
        cart.company_id, cart.currency, [line.product_id for line in lines], now
    )
    terms = find_store_terms(cart.currency) or StoreTerms(currency=cart.currency)
    totals = [_goods(line, prices) for line in lines]
    goods = sum(totals)
    shipping = _shipping(terms, goods) if lines else 0
    splits = [_splits(cart, line) for line in lines]
    priced = _priced_lines(lines, totals, splits, prices, shipping, terms)
    tax = sum(line.tax_minor for line in priced)
    return PricedCart(
        currency=cart.currency,
        lines=priced,
        goods_minor=goods,
        shipping_minor=shipping,
        discount_minor=0,
        tax_minor=tax,
        total_minor=goods + shipping + tax,
        minimum_order_minor=terms.minimum_order_minor,
        free_shipping_from_minor=terms.free_shipping_from_minor,
        unsellable=tuple(line.product.sku for line in lines if not _is_for_sale(line, prices)),
    )


def _priced_lines(
    lines: Sequence[CartLine],
    totals: Sequence[int],
    splits: Sequence[Sequence[_Split]],
    prices: Mapping[str, PriceTiers],
    shipping: int,
    terms: StoreTerms,
) -> tuple[PricedLine, ...]:
    goods = [
        apportioned(total, [part.quantity for part in parts])
        for total, parts in zip(totals, splits, strict=True)
    ]
    flat = [
        Part(minor, line.product.tax_basis_points)
        for line, minors in zip(lines, goods, strict=True)
        for minor in minors
    ]
    shares = iter(shares_of(flat, shipping, terms.shipping_tax_basis_points))
    priced = []
    for number, (line, minors, parts) in enumerate(zip(lines, goods, splits, strict=True), 1):
        allocations = tuple(
            _allocation(part, minor, next(shares))
            for part, minor in zip(parts, minors, strict=True)
        )
        priced.append(_priced_line(line, number, prices.get(line.product_id), allocations))
    return tuple(priced)


def _priced_line(
    line: CartLine,
    number: int,
    tiers: PriceTiers | None,
    allocations: tuple[PricedAllocation, ...],
) -> PricedLine:
    return PricedLine(
        line_id=line.id,
        number=number,
        product=line.product,
        quantity=line.quantity,
        unit_price_minor=tiers.at(line.quantity) if tiers else 0,
        list_price_minor=tiers.list_at(line.quantity) if tiers else None,
        price_quantity=line.product.price_quantity,
        total_minor=sum(part.goods_minor for part in allocations),
        tax_minor=sum(part.tax_minor for part in allocations),
        allocations=allocations,
        added_by_id=line.added_by_id,
        thread_id=line.thread_id or "",
        replaces_sku=line.replaces_sku,
        version=line.version,
        note=line.note,
    )


def _allocation(part: _Split, goods_minor: int, share: Share) -> PricedAllocation:
    return PricedAllocation(
        quantity=part.quantity,
        ship_to_id=part.ship_to_id,
        cost_center_id=part.cost_center_id,
        need_by_on=part.need_by_on,
        goods_minor=goods_minor,
        shipping_minor=share.shipping_minor,
        tax_minor=share.tax_minor,
    )


def _splits(cart: Cart, line: CartLine) -> list[_Split]:
    """The parts of a line; what a part leaves open is the cart's own."""
    ship_to, cost_center = cart.ship_to_id or "", cart.cost_center_id or ""
    rows = sorted(line.allocations.all(), key=lambda row: row.position)
    if not rows:
        return [_Split(line.quantity, ship_to, cost_center, None)]
    return [
        _Split(
            row.quantity,
            row.ship_to_id or ship_to,
            row.cost_center_id or cost_center,
            row.need_by_on,
        )
        for row in rows
    ]


def _goods(line: CartLine, prices: Mapping[str, PriceTiers]) -> int:
    tiers = prices.get(line.product_id)
    if tiers is None:
        return 0
    return line_total(tiers.at(line.quantity), line.quantity, line.product.price_quantity)


def _shipping(terms: StoreTerms, goods_minor: int) -> int:
    free_from = terms.free_shipping_from_minor
    return 0 if free_from is not None and goods_minor >= free_from else terms.shipping_fee_minor


def _is_for_sale(line: CartLine, prices: Mapping[str, PriceTiers]) -> bool:
    return line.product.status == Product.Status.ACTIVE and line.product_id in prices
