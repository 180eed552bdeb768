"""The lines of a sketch: each as it is given, together the amount that is given."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from placet.policy.checking.sketches import Sketch
from placet.policy.facts import Allocation, Facts, Line
from placet.policy.money import Money, round_half_up
from placet.policy.totals import apportioned

MOST_LINES: Final = 200
ORDINARY_MINOR: Final = 100_00


def build_lines(
    sketch: Sketch, goods: int | None, wished: int, *, shipping: int, tax: int, today: date
) -> tuple[Line, ...] | None:
    """The lines, or nothing when the amounts that are given do not add up to the goods."""
    rows = list(sketch.lines)[:MOST_LINES]
    stated = [_stated(cells) for cells in rows]
    if goods is not None and None not in stated and sum(filter(None, stated)) < goods:
        rows.append({})
        stated.append(None)
    while len(rows) < min(wished, MOST_LINES):
        rows.append({})
        stated.append(None)
    totals = _totals(stated, goods)
    if totals is None:
        return None
    shippings, taxes = apportioned(shipping, totals), apportioned(tax, totals)
    return tuple(
        _line(number, cells, total, shippings[number - 1], taxes[number - 1], today)
        for number, (cells, total) in enumerate(zip(rows, totals, strict=True), 1)
    )


def _stated(cells: Mapping[Any, Any]) -> int | None:
    """The line's total where it is given, or follows from its price and quantity."""
    for key in ("line.total", "allocation.amount"):
        if (key, "") in cells:
            return _minor(cells, key)
    price, quantity = _minor(cells, "line.unit_price"), cells.get(("line.quantity", ""))
    if price is not None and quantity is not None:
        return round_half_up(Fraction(price) * Fraction(quantity))
    return None


def _totals(stated: list[int | None], goods: int | None) -> list[int] | None:
    """Every line's total; what no line states is shared by those that say nothing."""
    known = sum(total for total in stated if total is not None)
    open_lines = stated.count(None)
    if goods is None:
        return [ORDINARY_MINOR if total is None else total for total in stated]
    if known > goods or (not open_lines and known != goods):
        return None
    shares = iter(apportioned(goods - known, [1] * open_lines)) if open_lines else iter(())
    return [next(shares) if total is None else total for total in stated]


def _minor(cells: Mapping[Any, Any], key: str) -> int | None:
    value = cells.get((key, ""))
    return value.amount_minor if isinstance(value, Money) else None


def _line(
    number: int, cells: Mapping[Any, Any], total: int, shipping: int, tax: int, today: date
) -> Line:
    def text(key: str, ordinary: str = "") -> str:
        return str(cells.get((key, ""), ordinary))

    quantity: int | Decimal = cells.get(("line.quantity", "")) or cells.get(
        ("allocation.quantity", ""), 1
    )
    price = _minor(cells, "line.unit_price")
    if price is None:
        price = round_half_up(Fraction(total) / Fraction(quantity)) if quantity else total
    need_by = cells.get(("allocation.need_by_in_days", ""))
    return Line(
        number=number,
        sku=text("line.sku", f"SKU-{number}"),
        name=text("line.name", f"Product {number}"),
        category=text("line.category"),
        brand=text("line.brand"),
        supplier=text("line.supplier"),
        tags=frozenset(cells.get(("line.tags", ""), ())),
        quantity=quantity,
        unit_price_minor=price,
        price_quantity=1,
        total_minor=total,
        last_price_minor=_earlier(price, cells.get(("line.above_last_price", ""))),
        list_price_minor=_earlier(price, cells.get(("line.above_list_price", ""))),
        restricted=bool(cells.get(("line.restricted", ""), False)),
        first_time=bool(cells.get(("line.first_time", ""), False)),
        allocations=(
            Allocation(
                quantity=cells.get(("allocation.quantity", ""), quantity),
                ship_to=text("allocation.ship_to"),
                cost_centre=text("allocation.cost_centre"),
                need_by_on=None if need_by is None else today + timedelta(days=int(need_by)),
                goods_minor=total,
                shipping_minor=shipping,
                tax_minor=tax,
            ),
        ),
    )


def _earlier(price_minor: int, above: Any) -> int | None:
    """The price before, so that this one is so many basis points above it."""
    if above is None:
        return None
    return max(1, round_half_up(Fraction(price_minor * 10_000, 10_000 + max(-9_999, int(above)))))


def category_spends(sketch: Sketch, facts: Facts, days: int) -> dict[str, int]:
    """Spend by category before this purchase."""
    lines = facts.purchase.lines
    before = dict.fromkeys((line.category for line in lines), 0)
    for line, cells in zip(lines, sketch.lines, strict=False):
        spend = cells.get(
            ("line.category_spend", str(days)), cells.get(("line.category_spend", ""))
        )
        if isinstance(spend, Money):
            this = sum(one.total_minor for one in lines if one.category == line.category)
            before[line.category] = max(0, spend.amount_minor - this)
    return before


def ship_to_spends(sketch: Sketch, facts: Facts, days: int) -> dict[str, int]:
    """Spend by ship-to before this purchase."""
    parts = [part for line in facts.purchase.lines for part in line.allocations]
    before = dict.fromkeys((part.ship_to for part in parts), 0)
    for part, cells in zip(parts, sketch.lines, strict=False):
        key = "allocation.ship_to_spend"
        spend = cells.get((key, str(days)), cells.get((key, "")))
        if isinstance(spend, Money):
            this = sum(one.goods_minor for one in parts if one.ship_to == part.ship_to)
            before[part.ship_to] = max(0, spend.amount_minor - this)
    return before
