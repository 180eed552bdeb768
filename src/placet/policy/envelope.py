"""How far later occurrences may go on an approval that was given with a stated envelope. Pure.

Who approves a purchase with an envelope approves it once, and later ones of the same schedule that
stay inside: the same products, of each no more to any place, unit prices up to a stated part higher
and the total up to a stated amount. `find_excess` says what lies outside; `at_maximum` is the
approval as if it had been given for the dearest purchase inside, which carrying over
(`carry_over`) then compares by its own rule. Both are measured from what a human decided, never
from an occurrence that was carried, so nobody gets anywhere slice by slice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final, NamedTuple

from placet.policy.carry_over import Approval
from placet.policy.facts import Line, Purchase
from placet.policy.plan import Finding, Reason

WHOLE: Final = 10_000
"""Basis points of a whole."""


class Envelope(NamedTuple):
    """The most that one occurrence may cost, with shipping and tax, in minor units of its currency.

    Unit prices may be higher by `price_basis_points`.
    """

    total_minor: int
    price_basis_points: int


def find_excess(approved: Purchase, wanted: Purchase, envelope: Envelope) -> str:
    """Why the wanted purchase lies outside the envelope of the approved one; empty when inside.

    Codes: currency, terms, total, product, price, quantity, ship_to, cost_centre. Prices are
    compared exactly.
    """
    if wanted.currency != approved.currency:
        return "currency"
    if wanted.terms != approved.terms:
        return "terms"
    if wanted.total_minor > envelope.total_minor:
        return "total"
    prices = _unit_prices(approved.lines)
    for line in wanted.lines:
        if line.sku not in prices:
            return "product"
        if _unit_price(line) > prices[line.sku] * _factor(envelope):
            return "price"
    return _find_more(approved.lines, wanted.lines)


def _find_more(before: Sequence[Line], after: Sequence[Line]) -> str:
    """More of a product than was approved, in all or to one ship-to or cost centre."""
    for code, old, new in (
        ("quantity", _quantities(before, ""), _quantities(after, "")),
        ("ship_to", _quantities(before, "ship_to"), _quantities(after, "ship_to")),
        ("cost_centre", _quantities(before, "cost_centre"), _quantities(after, "cost_centre")),
    ):
        if any(quantity > old.get(key, 0) for key, quantity in new.items()):
            return code
    return ""


def at_maximum(approval: Approval, envelope: Envelope) -> Approval:
    """The approval as if it had been given for the dearest purchase inside its envelope.

    Only sums and prices of the purchase itself are raised, where more of them is worse: budgets,
    periods and histories stay as they were, so that a reason that reads these is judged anew.
    """
    before = approval.content.purchase
    raised = before._replace(
        total_minor=max(before.total_minor, envelope.total_minor),
        lines=tuple(_raised_line(line, envelope) for line in before.lines),
    )
    reasons = tuple(_raised_reason(reason, before, envelope) for reason in approval.step.reasons)
    return approval._replace(
        step=approval.step._replace(reasons=reasons),
        content=approval.content._replace(purchase=raised),
    )


def _raised_line(line: Line, envelope: Envelope) -> Line:
    return line._replace(unit_price_minor=_ceiling(line.unit_price_minor * _factor(envelope)))


def _raised_reason(reason: Reason, before: Purchase, envelope: Envelope) -> Reason:
    return reason._replace(
        findings=tuple(_raised(finding, before, envelope) for finding in reason.findings)
    )


def _raised(finding: Finding, before: Purchase, envelope: Envelope) -> Finding:
    if finding.operator not in _RISING or type(finding.actual) is not int or not finding.currency:
        return finding
    if finding.field in _OF_ALL:
        return finding._replace(actual=_raised_whole(finding, before, envelope))
    if finding.field in _OF_PARTS:
        actual = _raised_part(finding.actual, before, envelope)
        return finding._replace(actual=actual, lines=_raised_lines(finding, before, envelope))
    return finding


def _raised_lines(finding: Finding, before: Purchase, envelope: Envelope) -> tuple[int, ...]:
    """The lines that it is true of, with those that come beyond its threshold at the maximum."""
    read, wanted = _VALUES.get(finding.field), finding.wanted
    if read is None or type(wanted) is not int or finding.currency != before.currency:
        return finding.lines
    beyond = {
        line.number
        for line in before.lines
        if any(_raised_part(value, before, envelope) >= wanted for value in read(line))
    }
    return tuple(sorted({*finding.lines, *beyond}))


def _raised_whole(finding: Finding, before: Purchase, envelope: Envelope) -> int:
    """The whole purchase may come to the stated total, in whatever currency the rule counts."""
    actual = finding.actual
    assert type(actual) is int
    if finding.currency == before.currency:
        return max(actual, envelope.total_minor)
    if not before.total_minor:
        return actual
    return max(actual, actual * envelope.total_minor // before.total_minor)


def _raised_part(actual: int, before: Purchase, envelope: Envelope) -> int:
    """A part of it rises with its prices; every share of it may have been rounded by one."""
    rounded = 1 + sum(max(len(line.allocations), 1) for line in before.lines)
    return int((actual + rounded) * _factor(envelope)) + rounded


def _factor(envelope: Envelope) -> Fraction:
    return Fraction(WHOLE + envelope.price_basis_points, WHOLE)


def _ceiling(value: Fraction) -> int:
    return -((-value.numerator) // value.denominator)


def _unit_price(line: Line) -> Fraction:
    return Fraction(line.unit_price_minor, line.price_quantity)


def _unit_prices(lines: Sequence[Line]) -> dict[str, Fraction]:
    """The dearest price of each product."""
    prices: dict[str, Fraction] = {}
    for line in lines:
        prices[line.sku] = max(prices.get(line.sku, Fraction(0)), _unit_price(line))
    return prices


def _quantities(lines: Sequence[Line], place: str) -> dict[tuple[str, str], Fraction]:
    """How many of each product, in all or by the place that an allocation names."""
    found: dict[tuple[str, str], Fraction] = {}
    for line in lines:
        for where, quantity in _parts(line, place):
            key = (line.sku, where)
            found[key] = found.get(key, Fraction(0)) + quantity
    return found


def _parts(line: Line, place: str) -> Iterator[tuple[str, Fraction]]:
    if not place:
        yield "", Fraction(line.quantity)
        return
    for allocation in line.allocations:
        yield getattr(allocation, place), Fraction(allocation.quantity)


def _prices_of(line: Line) -> list[int]:
    return [line.unit_price_minor]


def _totals_of(line: Line) -> list[int]:
    return [line.total_minor]


def _amounts_of(line: Line) -> list[int]:
    return [part.goods_minor + part.shipping_minor + part.tax_minor for part in line.allocations]


_VALUES: Final[Mapping[str, Callable[[Line], list[int]]]] = {
    "line.unit_price": _prices_of,
    "line.total": _totals_of,
    "allocation.amount": _amounts_of,
}
_RISING: Final = frozenset({">", ">=", "not <", "not <="})
_OF_ALL: Final = frozenset(
    {"purchase.amount", "purchase.goods", "purchase.total", "limit.order_maximum"}
)
_OF_PARTS: Final = frozenset(
    {
        *("purchase.tax", "line.unit_price", "line.total", "line_total"),
        *("allocation_total", "allocation.amount"),
    }
)
