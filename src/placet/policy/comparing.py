"""What each operator means, as a function of one value. An absent value meets only `is empty`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from placet.policy.conditions import Comparison, Sum, Wanted
from placet.policy.fields import FIELDS, Operator
from placet.policy.money import Money, Rate, exchange
from placet.policy.patterns import matches

Holds = Callable[[Any], bool]
InColumn = Callable[[Sequence[Any]], list[int]]
AmongColumn = Callable[[Sequence[Any], Sequence[int]], list[int]]


class Currencies:
    """Thresholds in the currency in which the facts are: the purchase's, or the company's."""

    def __init__(self, purchase: str, company: str, rates: Mapping[tuple[str, str], Rate]) -> None:
        self.purchase = purchase
        self.company = company
        self._rates = rates

    def factor(self, source: str, field: str) -> Fraction:
        """Minor units of the field's currency for one of `source`; raises `NoRate`."""
        company = field in FIELDS and FIELDS[field].currency == "company"
        return exchange(source, self.company if company else self.purchase, self._rates)

    def threshold(self, money: Money, field: str) -> int | Fraction:
        """The exact threshold to compare the field with; whole wherever no rate is needed."""
        exact = money.amount_minor * self.factor(money.currency, field)
        return exact.numerator if exact.denominator == 1 else exact


def field_of(condition: Comparison | Sum) -> str:
    """The name under which a comparison's finding stands."""
    return condition.field if isinstance(condition, Comparison) else condition.measure


def holds(condition: Comparison | Sum, currencies: Currencies) -> Holds:
    """Whether a value meets the comparison."""
    return _of_operator(condition.operator, bound_of(condition, currencies))


def in_column(comparison: Comparison, currencies: Currencies) -> InColumn:
    """The places of those values of a column that meet it; "over" without a call a value."""
    wanted = bound_of(comparison, currencies)
    if not FIELDS[comparison.field].may_be_absent:
        if comparison.operator == ">":
            return lambda column: [row for row, value in enumerate(column) if value > wanted]
        if comparison.operator == ">=":
            return lambda column: [row for row, value in enumerate(column) if value >= wanted]
    meets = _of_operator(comparison.operator, wanted)
    return lambda column: [row for row, value in enumerate(column) if meets(value)]


def among_column(comparison: Comparison, currencies: Currencies) -> AmongColumn:
    """The same, looking at some places only."""
    wanted = bound_of(comparison, currencies)
    if not FIELDS[comparison.field].may_be_absent:
        if comparison.operator == ">":
            return lambda column, rows: [row for row in rows if column[row] > wanted]
        if comparison.operator == ">=":
            return lambda column, rows: [row for row in rows if column[row] >= wanted]
    meets = _of_operator(comparison.operator, wanted)
    return lambda column, rows: [row for row in rows if meets(column[row])]


def bound_of(condition: Comparison | Sum, currencies: Currencies) -> Any:
    """The wanted value with all money as thresholds in the facts' currency."""

    def bound(value: Wanted) -> Any:
        if isinstance(value, Money):
            return currencies.threshold(value, field_of(condition))
        return value

    if condition.operator == "between" and isinstance(condition.value, tuple):
        low, high = condition.value
        return bound(low), bound(high)
    return bound(condition.value)


def _of_operator(operator: Operator, wanted: Any) -> Holds:
    if operator == ">":
        return lambda value: value is not None and value > wanted
    if operator == ">=":
        return lambda value: value is not None and value >= wanted
    if operator == "<":
        return lambda value: value is not None and value < wanted
    if operator == "<=":
        return lambda value: value is not None and value <= wanted
    if operator == "=":
        return lambda value: bool(value == wanted)
    if operator == "between":
        low, high = wanted
        return lambda value: value is not None and low <= value <= high
    if operator == "in":
        return _in(frozenset(wanted))
    if operator == "within":
        return _within(wanted)
    if operator == "matches":
        return lambda value: value is not None and matches(wanted, value)
    return lambda value: value is None or (hasattr(value, "__len__") and not len(value))


def _in(wanted: frozenset[str]) -> Holds:
    def meets(value: Any) -> bool:
        return not wanted.isdisjoint(value) if isinstance(value, frozenset) else value in wanted

    return meets


def _within(paths: tuple[str, ...]) -> Holds:
    below = tuple(f"{path}/" for path in paths)
    exact = frozenset(paths)
    return lambda value: value is not None and (value in exact or value.startswith(below))
