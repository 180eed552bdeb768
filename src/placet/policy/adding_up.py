"""What a purchase costs in all: goods, discounts, a shipping for each ship-to, tax by rate.

Carts, ways out and past purchases are all added up here, so that they can never differ. Everything
is minor units of one currency, of 0, 2 or 3 decimals alike, and every part adds up to its whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from placet.policy.facts import Quantity
from placet.policy.promotions import (
    Goods,
    Promotion,
    Reduced,
    Taken,
    free_shipping,
    reduce_goods,
)
from placet.policy.totals import Part, Share, TaxAtRate, apportioned, shares_by_place


class Portion(NamedTuple):
    """A part of a line: how much of it goes where, and the rate at which it is taxed there."""

    quantity: Quantity
    ship_to: str
    tax_basis_points: int


class Item(NamedTuple):
    """A line before discounts; its portions add up to its quantity. SKUs are unique."""

    sku: str
    category: str
    goods_minor: int
    portions: tuple[Portion, ...]

    @property
    def goods(self) -> Goods:
        """The line as promotions read it."""
        quantity = sum((portion.quantity for portion in self.portions), start=0)
        return Goods(self.sku, self.category, quantity, self.goods_minor)


class Delivery(NamedTuple):
    """What delivery to one ship-to costs; ``free_from_minor`` is ``None`` where never free."""

    fee_minor: int
    free_from_minor: int | None
    tax_basis_points: int


class PortionSum(NamedTuple):
    """What falls to a portion; goods are net of all discounts."""

    goods_minor: int
    shipping_minor: int
    tax_minor: int


class ItemSum(NamedTuple):
    """A line with its discounts: ``line_taken`` is what a line promotion took of it."""

    goods_minor: int
    discount_minor: int
    tax_minor: int
    line_taken: Taken | None
    portions: tuple[PortionSum, ...]


class Shipment(NamedTuple):
    """Everything that goes to one ship-to, with its own shipping."""

    ship_to: str
    goods_minor: int
    shipping_minor: int
    tax_minor: int


class Sums(NamedTuple):
    """The whole: items, shipments and taxes each add up to it.

    ``taken`` are the promotions that took something off; one that made shipping free took off
    what shipping would have cost.
    """

    items: tuple[ItemSum, ...]
    shipments: tuple[Shipment, ...]
    taxes: tuple[TaxAtRate, ...]
    taken: tuple[Taken, ...]
    reduced: Reduced

    @property
    def goods_minor(self) -> int:
        """Goods net of all discounts."""
        return self.reduced.goods_minor

    @property
    def discount_minor(self) -> int:
        """What promotions took off the goods."""
        return sum(one.discount_minor for one in self.items)

    @property
    def shipping_minor(self) -> int:
        """The shipping of all shipments."""
        return sum(one.shipping_minor for one in self.shipments)

    @property
    def tax_minor(self) -> int:
        """The tax of all rates."""
        return sum(one.tax_minor for one in self.taxes)

    @property
    def total_minor(self) -> int:
        """Goods, shipping and tax."""
        return self.goods_minor + self.shipping_minor + self.tax_minor


def add_up(items: Sequence[Item], delivery: Delivery, promotions: Iterable[Promotion] = ()) -> Sums:
    """Take discounts off, share them to the portions, ship to each place, and tax by rate."""
    offered = tuple(promotions)
    reduced = reduce_goods([item.goods for item in items], offered)
    split = [
        apportioned(net, [portion.quantity for portion in item.portions])
        for net, item in zip(reduced.nets, items, strict=True)
    ]
    portions = [portion for item in items for portion in item.portions]
    parts = [
        Part(minor, portion.tax_basis_points)
        for portion, minor in zip(
            portions, (one for minors in split for one in minors), strict=True
        )
    ]
    places = [portion.ship_to for portion in portions]
    asked = delivery.fee_minor * len(set(places))
    freed = _freed(reduced.goods_minor, delivery, offered, asked)
    is_free = freed is not None or _is_free(reduced.goods_minor, delivery)
    fees = dict.fromkeys(places, 0 if is_free else delivery.fee_minor)
    shares, taxes = shares_by_place(parts, places, fees, delivery.tax_basis_points)
    return Sums(
        items=_items(items, reduced, split, shares),
        shipments=shipments_of(places, parts, shares),
        taxes=taxes,
        taken=(*reduced.taken, freed) if freed else reduced.taken,
        reduced=reduced,
    )


def _is_free(goods_minor: int, delivery: Delivery) -> bool:
    return delivery.free_from_minor is not None and goods_minor >= delivery.free_from_minor


def _freed(
    goods_minor: int, delivery: Delivery, promotions: Iterable[Promotion], asked_minor: int
) -> Taken | None:
    """The promotion that takes the shipping away, where there is any to take away."""
    if not asked_minor or _is_free(goods_minor, delivery):
        return None
    promotion = free_shipping(goods_minor, promotions)
    return Taken(promotion, asked_minor) if promotion else None


def _items(
    items: Sequence[Item], reduced: Reduced, split: Sequence[Sequence[int]], shares: Sequence[Share]
) -> tuple[ItemSum, ...]:
    rest = iter(shares)
    found = []
    for place, (item, minors) in enumerate(zip(items, split, strict=True)):
        sums = tuple(PortionSum(minor, *next(rest)) for minor in minors)
        found.append(
            ItemSum(
                goods_minor=reduced.nets[place],
                discount_minor=item.goods_minor - reduced.nets[place],
                tax_minor=sum(one.tax_minor for one in sums),
                line_taken=reduced.by_line[place],
                portions=sums,
            )
        )
    return tuple(found)


def shipments_of(
    places: Sequence[str], parts: Sequence[Part], shares: Sequence[Share]
) -> tuple[Shipment, ...]:
    """One a place, in the order in which the places are named first."""
    found: dict[str, Shipment] = {}
    for place, part, share in zip(places, parts, shares, strict=True):
        there = found.get(place, Shipment(place, 0, 0, 0))
        found[place] = Shipment(
            place,
            there.goods_minor + part.goods_minor,
            there.shipping_minor + share.shipping_minor,
            there.tax_minor + share.tax_minor,
        )
    return tuple(found.values())
