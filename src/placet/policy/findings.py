"""Which values made a condition true: the findings of a rule that matched.

Compiled beside the tests, and run for matching rules only. A finding on lines names them and
gives the value that decides: the largest where the rule says "over", the smallest for "below".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from placet.policy.comparing import Currencies, field_of
from placet.policy.conditions import Comparison, Sum
from placet.policy.fields import FIELDS
from placet.policy.money import Money, round_half_up
from placet.policy.plan import Finding, Value

_new = tuple.__new__  # a finding at half the cost of calling its class, in the hottest place
MakeFinding = Callable[[Any, tuple[int, ...], tuple[Finding, ...]], Finding]


def finding_maker(
    condition: Comparison | Sum, currencies: Currencies, *, negated: bool = False
) -> MakeFinding:
    """The function that states this comparison's finding for an actual value and its lines."""
    field = field_of(condition)
    operator = f"not {condition.operator}" if negated else condition.operator
    wanted, currency = _wanted(condition)
    about = ""
    if isinstance(condition, Comparison) and condition.parameter is not None:
        about = str(condition.parameter)
    factor = currencies.factor(currency, field) if currency else Fraction(1)
    own_currency = currency or _own_currency(condition, currencies)
    converts = factor != 1

    def make_plain(actual: Any, lines: tuple[int, ...], where: tuple[Finding, ...]) -> Finding:
        return _new(Finding, (field, operator, wanted, actual, own_currency, lines, where, about))

    def make(actual: Any, lines: tuple[int, ...], where: tuple[Finding, ...]) -> Finding:
        if type(actual) is not int:
            actual = _plain(actual, wanted)
        if converts and actual is not None:
            actual = round_half_up(Fraction(actual) / factor)
        return _new(Finding, (field, operator, wanted, actual, own_currency, lines, where, about))

    is_plain = field in FIELDS and FIELDS[field].kind in ("text", "path", "flag", "count")
    return make_plain if is_plain else make


def _wanted(condition: Comparison | Sum) -> tuple[Value, str]:
    """What the rule says, as plain values, and the currency that it says it in."""
    value = condition.value
    if isinstance(value, Money):
        return value.amount_minor, value.currency
    if isinstance(value, tuple) and value and isinstance(value[0], Money):
        bounds = [bound for bound in value if isinstance(bound, Money)]
        return tuple(bound.amount_minor for bound in bounds), bounds[0].currency
    return value, ""  # type: ignore[return-value]


def _own_currency(condition: Comparison | Sum, currencies: Currencies) -> str:
    """The facts' currency, for a money field that is only asked whether it is empty."""
    if isinstance(condition, Sum) or FIELDS[condition.field].kind != "money":
        return ""
    company = FIELDS[condition.field].currency == "company"
    return currencies.company if company else currencies.purchase


def _plain(actual: Any, wanted: Value) -> Value:
    """A value that can be stored: of several texts those that were asked for, sorted."""
    if isinstance(actual, frozenset):
        asked = actual.intersection(wanted) if isinstance(wanted, tuple) else actual
        return tuple(sorted(asked))
    if isinstance(actual, Fraction):
        if actual.denominator == 1:
            return actual.numerator
        return Decimal(round_half_up(actual * 10**6)).scaleb(-6).normalize()
    return actual  # type: ignore[no-any-return]


def deciding(operator: str, actuals: Sequence[Any]) -> Any:
    """Of the values on several lines, the one that decides the comparison."""
    present = [actual for actual in actuals if actual is not None]
    if not present:
        return None
    if operator in (">", ">=", "not <", "not <="):
        return max(present)
    if operator in ("<", "<=", "not >", "not >="):
        return min(present)
    return present[0]
