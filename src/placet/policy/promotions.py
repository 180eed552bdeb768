"""What promotions take off a purchase: pure arithmetic, the same in carts, ways out and tests.

In this order, and each at most once:

1. every line takes the one line promotion that lowers it most;
2. the order takes the one order promotion that lowers it most, read at the goods that are left;
3. shipping is free where the goods that are left after both reach a free shipping promotion.

Of equals the smallest key counts, so the answer never hangs on the order of lines or promotions.
Amounts are minor units of one currency; a percentage is rounded half up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Final, Literal, NamedTuple

from placet.policy.facts import Quantity
from placet.policy.money import round_half_up
from placet.policy.totals import discounted

Kind = Literal["order_amount", "order_percent", "line_percent", "free_shipping"]
WHOLE: Final = 10_000
"""All of an amount in basis points."""


class Promotion(NamedTuple):
    """A reduction that holds now, in the purchase's currency and for its company.

    ``categories`` are paths (``a/b``, everything below them included) and ``products`` SKUs; where
    neither names anything, every line is meant.
    """

    key: str
    kind: Kind
    name: str = ""
    from_goods_minor: int = 0
    from_quantity: int = 1
    amount_minor: int = 0
    basis_points: int = 0
    categories: frozenset[str] = frozenset()
    products: frozenset[str] = frozenset()

    def names(self, line: Goods) -> bool:
        """Whether it is about this line, from whatever quantity on."""
        if not self.categories and not self.products:
            return True
        within = (
            line.category == path or line.category.startswith(f"{path}/")
            for path in self.categories
        )
        return line.sku in self.products or any(within)


class Goods(NamedTuple):
    """A line before anything is taken off; SKUs are unique in a purchase."""

    sku: str
    category: str
    quantity: Quantity
    amount_minor: int


class Taken(NamedTuple):
    """What one promotion took off in all."""

    promotion: Promotion
    amount_minor: int


class Reduced(NamedTuple):
    """What is left of each line, what of it was taken by a line promotion, and by which.

    ``taken`` are those of the lines by their keys, then that of the order.
    """

    nets: tuple[int, ...]
    by_line: tuple[Taken | None, ...]
    taken: tuple[Taken, ...]
    before_order_minor: int

    @property
    def goods_minor(self) -> int:
        """The goods of the purchase net of all discounts."""
        return sum(self.nets)


class NextPromotion(NamedTuple):
    """The nearest promotion of the order, and what of goods is missing to it.

    ``gap_minor`` is of goods after what is taken off the lines.
    """

    promotion: Promotion
    gap_minor: int


class NextLinePromotion(NamedTuple):
    """The nearest better promotion of a line, and how many pieces are missing to it."""

    promotion: Promotion
    more: Quantity


def reduce_goods(lines: Sequence[Goods], promotions: Iterable[Promotion]) -> Reduced:
    """Take the best line promotion off each line, then the best order promotion off the order.

    The order's is shared over the lines by what is left of them, in the order of their SKUs, so
    that the order in which lines stand changes nothing.
    """
    offered = sorted(promotions, key=lambda one: one.key)
    by_line = tuple(_best_of_line(line, offered) for line in lines)
    left = [
        line.amount_minor - (taken.amount_minor if taken else 0)
        for line, taken in zip(lines, by_line, strict=True)
    ]
    best = _best_of_order(sum(left), offered)
    nets = _shared(lines, left, best.amount_minor) if best else left
    sums: dict[str, Taken] = {}
    for taken in by_line:
        if taken:
            key = taken.promotion.key
            before = sums[key].amount_minor if key in sums else 0
            sums[key] = Taken(taken.promotion, before + taken.amount_minor)
    taken_off = [sums[key] for key in sorted(sums)]
    return Reduced(
        tuple(nets), by_line, (*taken_off, best) if best else tuple(taken_off), sum(left)
    )


def free_shipping(goods_minor: int, promotions: Iterable[Promotion]) -> Promotion | None:
    """The promotion that makes shipping free at these goods, net of all discounts."""
    reached = [
        one
        for one in promotions
        if one.kind == "free_shipping" and goods_minor >= one.from_goods_minor
    ]
    return min(reached, key=lambda one: one.key, default=None)


def free_shipping_from(terms_minor: int | None, promotions: Iterable[Promotion]) -> int | None:
    """From which goods on shipping is free, by the merchant's terms or a promotion."""
    named = [one.from_goods_minor for one in promotions if one.kind == "free_shipping"]
    if terms_minor is not None:
        named.append(terms_minor)
    return min(named, default=None)


def next_promotion(goods_minor: int, promotions: Iterable[Promotion]) -> NextPromotion | None:
    """The nearest order promotion that would take more than what holds at its threshold already.

    ``goods_minor`` is net of line promotions (``Reduced.before_order_minor``). Free shipping has
    its own gap: see ``free_shipping_from``.
    """
    offered = sorted(promotions, key=lambda one: one.key)
    ahead = [
        one
        for one in offered
        if _is_of_order(one)
        and one.from_goods_minor > goods_minor
        and (best := _best_of_order(one.from_goods_minor, offered))
        and best.promotion.key == one.key
    ]
    nearest = min(ahead, key=lambda one: (one.from_goods_minor, one.key), default=None)
    return NextPromotion(nearest, nearest.from_goods_minor - goods_minor) if nearest else None


def next_line_promotion(line: Goods, promotions: Iterable[Promotion]) -> NextLinePromotion | None:
    """The promotion with the fewest pieces missing that takes a larger share of this line."""
    offered = [one for one in promotions if one.kind == "line_percent" and one.names(line)]
    now = max(
        (one.basis_points for one in offered if one.from_quantity <= line.quantity), default=0
    )
    ahead = [one for one in offered if one.from_quantity > line.quantity and one.basis_points > now]
    nearest = min(
        ahead, key=lambda one: (one.from_quantity, -one.basis_points, one.key), default=None
    )
    return NextLinePromotion(nearest, nearest.from_quantity - line.quantity) if nearest else None


def _best_of_line(line: Goods, promotions: Iterable[Promotion]) -> Taken | None:
    return _best(
        Taken(one, _part(line.amount_minor, one.basis_points))
        for one in promotions
        if one.kind == "line_percent" and line.quantity >= one.from_quantity and one.names(line)
    )


def _best_of_order(goods_minor: int, promotions: Iterable[Promotion]) -> Taken | None:
    return _best(
        Taken(one, _off_order(one, goods_minor))
        for one in promotions
        if _is_of_order(one) and goods_minor >= one.from_goods_minor
    )


def _is_of_order(promotion: Promotion) -> bool:
    return promotion.kind in ("order_amount", "order_percent")


def _off_order(promotion: Promotion, goods_minor: int) -> int:
    if promotion.kind == "order_percent":
        return _part(goods_minor, promotion.basis_points)
    return min(promotion.amount_minor, goods_minor)


def _best(offered: Iterable[Taken]) -> Taken | None:
    """The one that takes most; of equals the first, and nothing where nothing is taken."""
    found = max(offered, key=lambda one: one.amount_minor, default=None)
    return found if found and found.amount_minor > 0 else None


def _part(amount_minor: int, basis_points: int) -> int:
    return round_half_up(Fraction(amount_minor * basis_points, WHOLE))


def _shared(lines: Sequence[Goods], left: Sequence[int], amount_minor: int) -> list[int]:
    places = sorted(range(len(lines)), key=lambda place: (lines[place].sku, place))
    shared = discounted([left[place] for place in places], amount_minor)
    nets = dict(zip(places, shared, strict=True))
    return [nets[place] for place in range(len(lines))]
