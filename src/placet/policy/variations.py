"""The same purchase with one thing changed: what it would cost, and what the rules would read.

A change is data; `varied` applies it to the facts. Lines, allocations and sums are priced again
exactly as a cart is: tiers by quantity, delivery by the value of the goods, tax by rate.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from placet.policy.facts import Allocation, Facts, Line, Purchase, Quantity
from placet.policy.money import Money
from placet.policy.totals import Part, Share, apportioned, line_total, shares_of

# ── Prices ──────────────────────────────────────────────────────────────────────────────────────


class Offer(NamedTuple):
    """What a product costs and how it is sold.

    A tier is (from quantity, price in minor units for `price_quantity` pieces); tiers rise by
    quantity, and the lowest serves below its quantity too. Quantities are multiples of
    `step_quantity` from `minimum_quantity` on.
    """

    tiers: tuple[tuple[int, int], ...]
    list_tiers: tuple[tuple[int, int], ...]
    price_quantity: int
    tax_basis_points: int
    minimum_quantity: int
    step_quantity: int

    def price_at(self, quantity: Quantity) -> int:
        """The price for this quantity."""
        return _at(self.tiers, quantity)

    def list_price_at(self, quantity: Quantity) -> int | None:
        """The list price for this quantity; `None` where there is none."""
        return _at(self.list_tiers, quantity) if self.list_tiers else None

    def quantities_below(self, quantity: Quantity) -> range:
        """Every smaller quantity that can be ordered, ascending."""
        step = self.step_quantity
        lowest = -(-self.minimum_quantity // step) * step
        return range(lowest, int(-(-quantity // step)) * step, step)


class Delivery(NamedTuple):
    """What delivery costs; `free_from_minor` is `None` where it is never free."""

    fee_minor: int
    free_from_minor: int | None
    tax_basis_points: int


class Prices(NamedTuple):
    """The offer of each line by its number, and the delivery of all of them."""

    offers: Mapping[int, Offer]
    delivery: Delivery


def _at(tiers: Sequence[tuple[int, int]], quantity: Quantity) -> int:
    price = tiers[0][1]
    for from_quantity, minor in tiers:
        if from_quantity <= quantity:
            price = minor
    return price


# ── Changes ─────────────────────────────────────────────────────────────────────────────────────


class Product(NamedTuple):
    """What could take a line's place, with the quantity nearest to the line's."""

    sku: str
    name: str
    category: str
    brand: str
    supplier: str
    tags: frozenset[str]
    restricted: bool
    last_price_minor: int | None
    quantity: int
    offer: Offer


class ChangeCostCentre(NamedTuple):
    """Everything on one cost centre goes on another."""

    before: str
    to: str


class ChangeShipTo(NamedTuple):
    """Everything for one ship-to goes to another."""

    before: str
    to: str


class Substitute(NamedTuple):
    """Another product takes a line's place."""

    line: int
    product: Product


class FewerUnits(NamedTuple):
    """Less of one line."""

    line: int
    to: int


class Wait(NamedTuple):
    """The same purchase later: at `until` all of these periods have begun anew."""

    until: datetime
    periods: tuple[str, ...]


class RemoveLines(NamedTuple):
    """Without these lines; never all of them."""

    lines: tuple[int, ...]


Change = ChangeCostCentre | ChangeShipTo | Substitute | FewerUnits | Wait | RemoveLines

KINDS: Final[tuple[type, ...]] = (
    ChangeCostCentre,
    ChangeShipTo,
    Substitute,
    FewerUnits,
    Wait,
    RemoveLines,
)
"""From the smallest intervention to the largest."""


Baskets = Mapping[int, tuple[frozenset[str], ...]]
"""By number of days: the SKUs of each order of that window that shares any with the purchase."""

NO_BASKETS: Final[Baskets] = {}


def is_similar(shared: int, skus: int) -> bool:
    """An order is similar that holds at least four fifths of the purchase's SKUs."""
    return shared * 5 >= skus * 4


def varied(facts: Facts, prices: Prices, change: Change, baskets: Baskets = NO_BASKETS) -> Facts:
    """The facts as they would be after the change; everything else stays as it is.

    There is always exactly one purchase, before and after: no change divides it. Where other
    products are bought, `baskets` say how many similar orders there are then.
    """
    if isinstance(change, Wait):
        return _later(facts, change)
    purchase = facts.purchase
    lines = [_changed_line(line, change) for line in purchase.lines if _stays(line, change)]
    if isinstance(change, ChangeCostCentre | ChangeShipTo):
        return facts._replace(purchase=purchase._replace(lines=tuple(lines)))
    offers = dict(prices.offers)
    if isinstance(change, Substitute):
        offers[change.line] = change.product.offer
    bought = repriced(purchase, lines, Prices(offers, prices.delivery))
    return _with_similar(facts._replace(purchase=bought), baskets)


def _with_similar(facts: Facts, baskets: Baskets) -> Facts:
    """The similar orders counted again for the products that are bought now."""
    skus = frozenset(line.sku for line in facts.purchase.lines)
    counted = {
        ("similar_orders", days): sum(is_similar(len(one & skus), len(skus)) for one in found)
        for days, found in baskets.items()
    }
    history = facts.history._replace(totals={**facts.history.totals, **counted})
    return facts._replace(history=history) if counted else facts


def _later(facts: Facts, change: Wait) -> Facts:
    uses = tuple(
        use._replace(spend=Money(0, use.spend.currency), orders=0)
        if use.period in change.periods
        else use
        for use in facts.requester.uses
    )
    return facts._replace(now=change.until, requester=facts.requester._replace(uses=uses))


def _stays(line: Line, change: Change) -> bool:
    return not (isinstance(change, RemoveLines) and line.number in change.lines)


def _changed_line(line: Line, change: Change) -> Line:
    if isinstance(change, ChangeCostCentre | ChangeShipTo):
        moved = tuple(_moved(part, change) for part in line.allocations)
        return line._replace(allocations=moved)
    if isinstance(change, FewerUnits) and line.number == change.line:
        return _with_quantity(line, change.to)
    if isinstance(change, Substitute) and line.number == change.line:
        return _with_product(line, change.product)
    return line


def _moved(part: Allocation, change: ChangeCostCentre | ChangeShipTo) -> Allocation:
    if isinstance(change, ChangeCostCentre):
        is_there = part.cost_centre == change.before
        return part._replace(cost_centre=change.to) if is_there else part
    return part._replace(ship_to=change.to) if part.ship_to == change.before else part


def _with_product(line: Line, product: Product) -> Line:
    return _with_quantity(line, product.quantity)._replace(
        sku=product.sku,
        name=product.name,
        category=product.category,
        brand=product.brand,
        supplier=product.supplier,
        tags=product.tags,
        restricted=product.restricted,
        last_price_minor=product.last_price_minor,
        first_time=product.last_price_minor is None,
    )


def _with_quantity(line: Line, quantity: int) -> Line:
    """The parts add up to the new quantity: the last ones take the difference."""
    parts = list(line.allocations)
    missing = quantity - line.quantity
    if missing > 0 and parts:
        parts[-1] = parts[-1]._replace(quantity=parts[-1].quantity + missing)
    while missing < 0 and parts:
        last = parts.pop()
        if last.quantity + missing > 0:
            parts.append(last._replace(quantity=last.quantity + missing))
            break
        missing += last.quantity
    return line._replace(quantity=quantity, allocations=tuple(parts))


# ── Pricing it again ────────────────────────────────────────────────────────────────────────────


def repriced(purchase: Purchase, lines: Sequence[Line], prices: Prices) -> Purchase:
    """The purchase with these lines at their prices, delivery and tax shared to the last cent."""
    offers = [prices.offers[line.number] for line in lines]
    totals = [
        line_total(offer.price_at(line.quantity), line.quantity, offer.price_quantity)
        for line, offer in zip(lines, offers, strict=True)
    ]
    goods = sum(totals)
    delivery = prices.delivery
    is_free = delivery.free_from_minor is not None and goods >= delivery.free_from_minor
    shipping = 0 if is_free or not lines else delivery.fee_minor
    split = [
        apportioned(total, [part.quantity for part in line.allocations])
        for line, total in zip(lines, totals, strict=True)
    ]
    flat = [
        Part(minor, offer.tax_basis_points)
        for offer, minors in zip(offers, split, strict=True)
        for minor in minors
    ]
    shares = shares_of(flat, shipping, delivery.tax_basis_points)
    tax = sum(share.tax_minor for share in shares)
    rest = iter(shares)
    priced = tuple(
        _priced(line, offer, total, minors, [next(rest) for _ in minors])
        for line, offer, total, minors in zip(lines, offers, totals, split, strict=True)
    )
    return purchase._replace(
        lines=priced,
        goods_minor=goods,
        shipping_minor=shipping,
        tax_minor=tax,
        total_minor=goods + shipping + tax,
    )


def _priced(
    line: Line, offer: Offer, total: int, goods: Sequence[int], shares: Sequence[Share]
) -> Line:
    parts = tuple(
        part._replace(
            goods_minor=minor,
            shipping_minor=share.shipping_minor,
            tax_minor=share.tax_minor,
        )
        for part, minor, share in zip(line.allocations, goods, shares, strict=True)
    )
    return line._replace(
        unit_price_minor=offer.price_at(line.quantity),
        list_price_minor=offer.list_price_at(line.quantity),
        price_quantity=offer.price_quantity,
        total_minor=total,
        allocations=parts,
    )
