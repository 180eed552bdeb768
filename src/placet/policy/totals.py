"""The arithmetic of a purchase: rounded lines, and shares that add up exactly.

Amounts are minor units of one currency, of 0, 2 or 3 decimals alike. Shares are rounded towards
zero and the last part takes what remains, so that parts always add up to their whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from placet.policy.facts import Quantity
from placet.policy.money import round_half_up


class Part(NamedTuple):
    """An allocation before shipping and tax: its goods and the rate at which they are taxed."""

    goods_minor: int
    tax_basis_points: int


class Share(NamedTuple):
    """What falls to an allocation of the shipping and of all tax."""

    shipping_minor: int
    tax_minor: int


class TaxAtRate(NamedTuple):
    """Everything that is taxed at one rate, shipping included, and its tax, rounded once."""

    basis_points: int
    net_minor: int
    tax_minor: int


def line_total(unit_price_minor: int, quantity: Quantity, price_quantity: int = 1) -> int:
    """Goods of a line: the price is for `price_quantity` units; halves are rounded up."""
    return round_half_up(Fraction(unit_price_minor) * Fraction(quantity) / price_quantity)


def apportioned(amount_minor: int, weights: Sequence[int | Decimal]) -> list[int]:
    """Split an amount by weights, each share towards zero, the remainder to the last.

    Without any weight the last takes all; without parts there is nothing to split. Weights are
    not negative; the amount may be (a discount).
    """
    if not weights:
        return []
    whole = sum(Fraction(weight) for weight in weights)
    shares = [int(amount_minor * Fraction(weight) / whole) if whole else 0 for weight in weights]
    shares[-1] += amount_minor - sum(shares)
    return shares


def discounted(goods: Sequence[int], discount_minor: int) -> list[int]:
    """Goods of each part net of an order discount, shared by net value.

    Raises `ValueError` where the discount is negative or more than the goods.
    """
    if not 0 <= discount_minor <= sum(goods):
        raise ValueError("a discount is between nothing and all of the goods")
    shares = apportioned(discount_minor, goods)
    return _none_negative([net - share for net, share in zip(goods, shares, strict=True)])


def _none_negative(parts: list[int]) -> list[int]:
    """Move what the remainder took too much of the last part to the parts before it."""
    missing = max(-parts[-1], 0) if parts else 0
    if missing:
        parts[-1] = 0
        for place in range(len(parts) - 2, -1, -1):
            taken = min(parts[place], missing)
            parts[place] -= taken
            missing -= taken
    return parts


def shares_of(
    parts: Sequence[Part], shipping_minor: int, shipping_tax_basis_points: int
) -> list[Share]:
    """Shipping and tax of each part where all go to one place: see `shares_by_place`."""
    places = [""] * len(parts)
    return shares_by_place(parts, places, {"": shipping_minor}, shipping_tax_basis_points)[0]


def shares_by_place(
    parts: Sequence[Part],
    places: Sequence[str],
    shipping: Mapping[str, int],
    shipping_tax_basis_points: int,
) -> tuple[list[Share], tuple[TaxAtRate, ...]]:
    """Shipping and tax of each part, and the tax of each rate.

    The shipping of a place falls to the parts that go there, by net value. Tax is rounded half up
    once a rate, on the sum of everything at that rate in the whole purchase, shipping included.
    The tax of the shipping is shared like the shipping itself. Rates come in rising order.
    """
    goods = [part.goods_minor for part in parts]
    there = {place: [at for at, one in enumerate(places) if one == place] for place in set(places)}
    shipped = [0] * len(parts)
    for place, members in there.items():
        _add(shipped, members, apportioned(shipping[place], [goods[at] for at in members]))
    taxes = [0] * len(parts)
    found = []
    # Without shipping at this rate its tax stays with the goods of the rate, to the last cent.
    charged = {place: shipping[place] for place in dict.fromkeys(places) if shipping[place]}
    rates = _places_by_rate(parts)
    if charged:
        rates.setdefault(shipping_tax_basis_points, [])
    for rate in sorted(rates):
        members = rates[rate]
        fees = charged if rate == shipping_tax_basis_points else {}
        nets = [*(goods[at] for at in members), *fees.values()]
        tax = round_half_up(Fraction(sum(nets) * rate, 10_000))
        found.append(TaxAtRate(rate, sum(nets), tax))
        split = apportioned(tax, nets)
        _add(taxes, members, split[: len(members)])
        for place, minor in zip(fees, split[len(members) :], strict=True):
            weights = [goods[at] for at in there[place]]
            _add(taxes, there[place], apportioned(minor, weights))
    return [Share(*pair) for pair in zip(shipped, taxes, strict=True)], tuple(found)


def _add(amounts: list[int], places: Sequence[int], more: Sequence[int]) -> None:
    for place, minor in zip(places, more, strict=True):
        amounts[place] += minor


def _places_by_rate(parts: Sequence[Part]) -> dict[int, list[int]]:
    """Which parts are taxed at which rate."""
    places: dict[int, list[int]] = {}
    for place, part in enumerate(parts):
        places.setdefault(part.tax_basis_points, []).append(place)
    return places
