"""Lines of an order as UBL wants them: one place, one day and one tax rate each.

Peppol's order knows neither several deliveries of a line nor several rates: a line with such parts
is as many lines, numbered ``3.1``, ``3.2``. Parts that differ by nothing but the cost centre, which
is the buyer's own, are one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from placet.orders.content import Content, ContentLine
from placet.policy.totals import line_total


class LinePart(NamedTuple):
    """What of a line goes to one place by one day; ``ship_to`` is empty where there is only one.

    ``goods_minor`` is net of ``discount_minor``; without tax.
    """

    line: ContentLine
    number: str
    quantity: int
    ship_to: str
    need_by_on: str
    tax_basis_points: int
    goods_minor: int
    discount_minor: int


def parts_of(line: ContentLine, content: Content) -> Iterator[LinePart]:
    """The parts of a line in the order in which they were entered; what they cost adds up to it."""
    is_one_place = len(content.ship_tos) == 1
    sums: dict[tuple[str, str, int], tuple[int, int]] = {}
    for part in line.allocations:
        key = ("" if is_one_place else part.ship_to, part.need_by_on, part.tax_basis_points)
        quantity, goods = sums.get(key, (0, 0))
        sums[key] = (quantity + part.quantity, goods + part.goods_minor)
    left = line.discount_minor
    for place, (key, (quantity, goods)) in enumerate(sums.items(), start=1):
        before = line_total(line.unit_price_minor, quantity, line.price_quantity)
        is_last = place == len(sums)
        # Rounding may leave a part a cent above its price: that is no discount and no charge.
        discount = left if is_last else min(max(before - goods, 0), left)
        left -= discount
        number = str(line.number) if len(sums) == 1 else f"{line.number}.{place}"
        yield LinePart(line, number, quantity, *key, goods, discount)
