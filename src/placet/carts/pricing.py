"""What a cart costs at this moment: seven queries at most, however many lines it has."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from placet.carts.models import Cart, CartLine
from placet.catalog.assortments import Allowed, allowed_products
from placet.catalog.models import Product, StoreTerms
from placet.catalog.prices import PriceTiers, list_prices_for
from placet.catalog.queries import find_store_terms
from placet.companies.queries import get_merchant_day
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
    free. ``unsellable`` are the SKUs that cannot be ordered as they stand; ``not_allowed`` those
    of them that the company sells to others of its people, and holds back from the requester.
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
    not_allowed: tuple[str, ...] = ()


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


class WantedLine(NamedTuple):
    """A line before it has a price: what, how many, where to, and at which held price."""

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


def price_cart(cart: Cart, *, now: datetime) -> PricedCart:
    """Price every line at the company's own price, with shipping and tax shared to its parts.

    A line whose price is held for its quantity keeps it while that lasts. A held price promises
    the price, never that there is any: a product that has left the sale cannot be ordered.
    """
    lines = (
        CartLine.objects.filter(cart_id=cart.pk)
        .select_related("product__category")
        .prefetch_related("allocations")
        .order_by("position", "id")
    )
    wanted = [_wanted(cart, line) for line in lines]
    allowed = allowed_products(cart.company_id, cart.owner_id)
    kept = kept_lines(wanted) if cart.revises else frozenset()
    return price_lines(cart.company_id, cart.currency, wanted, allowed=allowed, kept=kept, now=now)


def kept_lines(wanted: Sequence[WantedLine]) -> frozenset[str]:
    """The products that a requisition has already, and of which no more is wanted than it has.

    These stay in it, whatever assortments say since.
    """
    held = (line for line in wanted if line.held and line.quantity <= line.held.quantity)
    return frozenset(line.product.pk for line in held)


def price_lines(
    company_id: str,
    currency: str,
    wanted: Sequence[WantedLine],
    *,
    allowed: Allowed,
    kept: Collection[str] = (),
    now: datetime,
) -> PricedCart:
    """Price these lines for a company, as ``price_cart`` does those of a cart.

    ``allowed`` is what the requester may order; ``kept`` are ids of products that stay anyway.
    """
    lines = _still_held(wanted, now)
    prices = list_prices_for(company_id, currency, [line.product.pk for line in lines], now)
    terms = find_store_terms(currency) or StoreTerms(currency=currency)
    totals = [_goods(line, prices) for line in lines]
    goods = sum(totals)
    shipping = _shipping(terms, goods) if lines else 0
    priced = _priced_lines(lines, totals, prices, shipping, terms)
    tax = sum(line.tax_minor for line in priced)
    return PricedCart(
        currency=currency,
        lines=priced,
        goods_minor=goods,
        shipping_minor=shipping,
        discount_minor=0,
        tax_minor=tax,
        total_minor=goods + shipping + tax,
        minimum_order_minor=terms.minimum_order_minor,
        free_shipping_from_minor=terms.free_shipping_from_minor,
        unsellable=tuple(
            line.product.sku
            for line in lines
            if not _is_for_sale(line, prices)
            or not (line.product.pk in kept or allowed.permits(line.product))
        ),
        not_allowed=tuple(
            line.product.sku
            for line in lines
            if line.product.pk not in kept
            and _is_for_sale(line, prices)
            and allowed.merchant.permits(line.product)
            and not allowed.company.permits(line.product)
        ),
    )


def _still_held(wanted: Sequence[WantedLine], now: datetime) -> list[WantedLine]:
    """The lines with those held prices that hold now, for the quantity that they have now."""
    held = [line.held for line in wanted if line.held]
    today = get_merchant_day(now) if held else date.max
    return [
        line
        if line.held and line.held.quantity == line.quantity and today <= line.held.until_on
        else line._replace(held=None)
        for line in wanted
    ]


def _priced_lines(
    lines: Sequence[WantedLine],
    totals: Sequence[int],
    prices: Mapping[str, PriceTiers],
    shipping: int,
    terms: StoreTerms,
) -> tuple[PricedLine, ...]:
    goods = [
        apportioned(total, [part.quantity for part in line.splits])
        for total, line in zip(totals, lines, strict=True)
    ]
    flat = [
        Part(minor, line.product.tax_basis_points)
        for line, minors in zip(lines, goods, strict=True)
        for minor in minors
    ]
    shares = iter(shares_of(flat, shipping, terms.shipping_tax_basis_points))
    priced = []
    for number, (line, minors) in enumerate(zip(lines, goods, strict=True), 1):
        allocations = tuple(
            _allocation(part, minor, next(shares))
            for part, minor in zip(line.splits, minors, strict=True)
        )
        priced.append(_priced_line(line, number, prices.get(line.product.pk), allocations))
    return tuple(priced)


def _priced_line(
    line: WantedLine,
    number: int,
    tiers: PriceTiers | None,
    allocations: tuple[PricedAllocation, ...],
) -> PricedLine:
    return PricedLine(
        line_id=line.line_id,
        number=number,
        product=line.product,
        quantity=line.quantity,
        unit_price_minor=_unit_price(line, tiers),
        list_price_minor=tiers.list_at(line.quantity) if tiers else None,
        price_quantity=line.product.price_quantity,
        total_minor=sum(part.goods_minor for part in allocations),
        tax_minor=sum(part.tax_minor for part in allocations),
        allocations=allocations,
        added_by_id=line.added_by_id,
        thread_id=line.thread_id,
        replaces_sku=line.replaces_sku,
        version=line.version,
        note=line.note,
    )


def _allocation(part: Split, goods_minor: int, share: Share) -> PricedAllocation:
    return PricedAllocation(
        quantity=part.quantity,
        ship_to_id=part.ship_to_id,
        cost_center_id=part.cost_center_id,
        need_by_on=part.need_by_on,
        goods_minor=goods_minor,
        shipping_minor=share.shipping_minor,
        tax_minor=share.tax_minor,
    )


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


def _unit_price(line: WantedLine, tiers: PriceTiers | None) -> int:
    if line.held:
        return line.held.unit_price_minor
    return tiers.at(line.quantity) if tiers else 0


def _goods(line: WantedLine, prices: Mapping[str, PriceTiers]) -> int:
    price = _unit_price(line, prices.get(line.product.pk))
    return line_total(price, line.quantity, line.product.price_quantity)


def _shipping(terms: StoreTerms, goods_minor: int) -> int:
    free_from = terms.free_shipping_from_minor
    return 0 if free_from is not None and goods_minor >= free_from else terms.shipping_fee_minor


def _is_for_sale(line: WantedLine, prices: Mapping[str, PriceTiers]) -> bool:
    is_priced = line.held is not None or line.product.pk in prices
    return is_priced and line.product.status == Product.Status.ACTIVE
