"""Changing one number of the facts, as a near miss proposes, and nothing else.

The lines, the allocations and the sums of the purchase stay consistent: more goods are more on the
first line that counts.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, cast

from placet.policy.comparing import Currencies
from placet.policy.conditions import AllOf, Comparison, Sum
from placet.policy.facts import Allocation, AmountBasis, Facts, Line
from placet.policy.meeting import Meeting
from placet.policy.normal import pushed_down
from placet.policy.probes import Probes, rows
from placet.policy.readers import Context

Leaf = Comparison | Sum

GOODS = frozenset({"purchase.amount", "purchase.goods", "purchase.total"})
CHANGEABLE = GOODS | {
    "purchase.shipping",
    "purchase.tax",
    "requester.orders",
    "company.earlier_orders",
}


def changed(facts: Facts, leaf: Leaf, change: int | Decimal, basis: AmountBasis) -> Facts | None:
    """The facts with the leaf's field larger by `change`, smaller where it is negative.

    None where the field is not one that a buyer's choices move, where nothing counts for a sum
    yet, and where an amount or a quantity would fall below zero.
    """
    if isinstance(leaf, Sum):
        return _with_more_on_a_row(facts, leaf, change, basis)
    if leaf.field not in CHANGEABLE:
        return None
    if leaf.field in GOODS:
        every_row = Sum("line_total", AllOf(()), ">", None)
        if facts.purchase.lines:
            return _with_more_on_a_row(facts, every_row, change, basis)
        return _with_sums(facts, int(change))
    if leaf.field == "requester.orders":
        return _with_more_orders(facts, str(leaf.parameter), int(change))
    if leaf.field == "company.earlier_orders":
        orders = facts.company.earlier_orders + int(change)
        return facts._replace(company=facts.company._replace(earlier_orders=orders))
    purchase = facts.purchase
    shipping = int(change) if leaf.field == "purchase.shipping" else 0
    moved = purchase._replace(
        shipping_minor=purchase.shipping_minor + shipping,
        tax_minor=purchase.tax_minor + int(change) - shipping,
        total_minor=purchase.total_minor + int(change),
    )
    return facts._replace(purchase=moved) if min(moved[3:6]) >= 0 else None


def _with_more_orders(facts: Facts, period: str, change: int) -> Facts | None:
    uses = tuple(
        use._replace(orders=use.orders + change) if use.period == period else use
        for use in facts.requester.uses
    )
    if any(use.orders < 0 for use in uses):
        return None
    return facts._replace(requester=facts.requester._replace(uses=uses))


def _with_sums(facts: Facts, change: int) -> Facts | None:
    purchase = facts.purchase
    moved = purchase._replace(
        goods_minor=purchase.goods_minor + change, total_minor=purchase.total_minor + change
    )
    return facts._replace(purchase=moved) if moved.goods_minor >= 0 else None


def _with_more_on_a_row(
    facts: Facts, leaf: Sum, change: int | Decimal, basis: AmountBasis
) -> Facts | None:
    """More on the first row that the sum counts and that stays at zero or above."""
    context = Context(facts, basis)
    currencies = Currencies(facts.purchase.currency, facts.company.currency, facts.rates)
    probes = Probes()
    meeting = Meeting(probes, currencies).rows(pushed_down(leaf.where), leaf.scope)
    found = list(rows(context, leaf.scope))
    for row in meeting(probes.values(context)):
        line, allocation = found[row]
        more_units = leaf.measure == "line_quantity"
        moved = _with_units(line, change) if more_units else _with_value(line, allocation, change)
        if moved is None:
            continue
        lines = tuple(moved if other is line else other for other in facts.purchase.lines)
        purchase = facts.purchase._replace(lines=lines)
        with_line = facts._replace(purchase=purchase)
        return with_line if more_units else _with_sums(with_line, int(change))
    return None


def _with_units(line: Line, change: int | Decimal) -> Line | None:
    quantity: Any = line.quantity + change
    return line._replace(quantity=quantity) if quantity >= 0 else None


def _with_value(line: Line, allocation: Allocation | None, change: int | Decimal) -> Line | None:
    """The line's total and one allocation's goods move together."""
    chosen = allocation or (line.allocations[0] if line.allocations else None)
    total = cast(int, line.total_minor + change)
    if chosen is None:
        return line._replace(total_minor=total) if total >= 0 else None
    goods = cast(int, chosen.goods_minor + change)
    if goods < 0 or total < 0:
        return None
    allocations = tuple(
        part._replace(goods_minor=goods) if part is chosen else part for part in line.allocations
    )
    return line._replace(total_minor=total, allocations=allocations)
