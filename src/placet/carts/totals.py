"""The arithmetic of a purchase, pure: shares that add up exactly, and tax by rate.

Amounts are minor units of one currency. A share is rounded down and the last part takes what
remains, so that parts always add up to their whole, in currencies of 0, 2 and 3 decimals alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from placet.policy.money import round_half_up


class Part(NamedTuple):
    """An allocation before shipping and tax: its goods and the rate at which they are taxed."""

    goods_minor: int
    tax_basis_points: int


class Share(NamedTuple):
    """What falls to an allocation of the shipping and of all tax."""

    shipping_minor: int
    tax_minor: int


def line_total(unit_price_minor: int, quantity: int, price_quantity: int) -> int:
    """Goods of a line: the price is for ``price_quantity`` pieces; halves are rounded up."""
    return round_half_up(Fraction(unit_price_minor * quantity, price_quantity))


def apportioned(amount_minor: int, weights: Sequence[int]) -> list[int]:
    """Split an amount by weights, each share rounded down, the remainder to the last.

    Without any weight the last takes all; without parts there is nothing to split.
    """
    if not weights:
        return []
    whole = sum(weights)
    shares = [amount_minor * weight // whole if whole else 0 for weight in weights]
    shares[-1] += amount_minor - sum(shares)
    return shares


def shares_of(
    parts: Sequence[Part], shipping_minor: int, shipping_tax_basis_points: int
) -> list[Share]:
    """Shipping and tax of each part, by net value.

    Tax is rounded half up once a rate, on the sum of everything at that rate, shipping included.
    The tax of the shipping is shared like the shipping itself.
    """
    goods = [part.goods_minor for part in parts]
    shipping = apportioned(shipping_minor, goods)
    taxes = [0] * len(parts)
    for rate, nets in _nets_by_rate(parts).items():
        at_this_rate = [*nets.values()]
        if rate == shipping_tax_basis_points:
            at_this_rate.append(shipping_minor)
        tax = round_half_up(Fraction(sum(at_this_rate) * rate, 10_000))
        split = apportioned(tax, at_this_rate)
        for place, share in zip(nets, split, strict=False):
            taxes[place] += share
        if rate == shipping_tax_basis_points:
            _add(taxes, apportioned(split[-1], goods))
    if all(part.tax_basis_points != shipping_tax_basis_points for part in parts):
        alone = round_half_up(Fraction(shipping_minor * shipping_tax_basis_points, 10_000))
        _add(taxes, apportioned(alone, goods))
    return [Share(*pair) for pair in zip(shipping, taxes, strict=True)]


def _nets_by_rate(parts: Sequence[Part]) -> Mapping[int, dict[int, int]]:
    """Goods by rate and place; the place is that of the part in ``parts``."""
    found: dict[int, dict[int, int]] = {}
    for place, part in enumerate(parts):
        found.setdefault(part.tax_basis_points, {})[place] = part.goods_minor
    return found


def _add(sums: list[int], shares: Sequence[int]) -> None:
    for place, share in enumerate(shares):
        sums[place] += share
