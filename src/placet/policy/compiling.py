"""Conditions compiled to closures: `test` says whether they hold on a purchase.

They look at the values of `probes`. A test answers anything that is true or false, such as the
rows that meet a condition; why it holds is stated in `observing`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from placet.policy.comparing import Currencies, bound_of, holds
from placet.policy.conditions import AllOf, AnyOf, Comparison, Condition, Not, Rows, Sum
from placet.policy.meeting import Meeting, is_keyed
from placet.policy.probes import Probes, Read, Values, keys_of

Test = Callable[[Values], Any]


class Compiler:
    """Compiles the conditions of one rulebook for one pair of currencies (see `normal`)."""

    def __init__(self, probes: Probes, currencies: Currencies) -> None:
        self.probes = probes
        self.currencies = currencies
        self.meeting = Meeting(probes, currencies)

    def test(self, condition: Condition) -> Test:
        """Whether a condition on a purchase holds."""
        if isinstance(condition, AllOf):
            return _all([self.test(part) for part in condition.parts])
        if isinstance(condition, AnyOf):
            return _any([self.test(part) for part in condition.parts])
        if isinstance(condition, Not):
            inner = self.test(condition.part)
            return lambda values: not inner(values)
        if isinstance(condition, Rows):
            return self._test_rows(condition)
        return self._test_measured(condition)

    def measure(self, condition: Comparison | Sum) -> Read:
        """The value that a comparison on the purchase, or a sum, looks at."""
        if isinstance(condition, Comparison):
            return self.probes.field(condition.field, condition.parameter)
        where = condition.where
        if isinstance(where, Comparison) and is_keyed(where) and len(keys_of(where)) == 1:
            sums, key = self.probes.sums_by_key(condition.measure, where), keys_of(where)[0]
            return lambda values: sums(values).get(key, 0)
        rows = self.meeting.rows(where, condition.scope)
        weights = self.probes.weights(condition.measure)

        def summed(values: Values) -> Any:
            of_rows = weights(values)
            return sum([of_rows[row] for row in rows(values)])

        return summed

    def _test_rows(self, condition: Rows) -> Test:
        """A condition that no row may meet has been turned into one that all meet."""
        rows = self.meeting.rows(condition.part, condition.scope)
        if condition.quantifier == "any":
            return rows
        every = self.probes.count(condition.scope)
        return lambda values: len(rows(values)) == every(values)

    def _test_measured(self, condition: Comparison | Sum) -> Test:
        measure = self.measure(condition)
        if condition.operator == ">":
            bound = bound_of(condition, self.currencies)
            return lambda values: (value := measure(values)) is not None and value > bound
        meets = holds(condition, self.currencies)
        return lambda values: meets(measure(values))


def _all(tests: list[Test]) -> Test:
    if len(tests) == 1:
        return tests[0]
    if len(tests) == 2:
        first, second = tests
        return lambda values: first(values) and second(values)
    return lambda values: all(test(values) for test in tests)


def _any(tests: list[Test]) -> Test:
    return lambda values: any(test(values) for test in tests)
