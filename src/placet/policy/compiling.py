"""Conditions compiled to closures: `test` says whether they hold, `observe` says why.

Both look at the slots of `probes`; what cannot be answered from a slot walks the lines.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from placet.policy.comparing import Currencies, holds
from placet.policy.conditions import AllOf, AnyOf, Comparison, Condition, Not, Rows, Sum
from placet.policy.facts import Allocation, Line
from placet.policy.fields import FIELDS
from placet.policy.findings import Row, deciding, finding_maker, line_numbers
from placet.policy.plan import Finding
from placet.policy.probes import MEASURES, Probes, Values, row_read, rows
from placet.policy.readers import Context

Test = Callable[[Values], bool]
Observe = Callable[[Values], tuple[Finding, ...]]
RowTest = Callable[[Line, Allocation | None, Context], bool]
RowObserve = Callable[[list[Row], Context], tuple[Finding, ...]]
Measure = Callable[[Values], Any]


class Compiler:
    """Compiles the conditions of one rulebook for one pair of currencies (see `normal`)."""

    def __init__(self, probes: Probes, currencies: Currencies) -> None:
        self.probes = probes
        self.currencies = currencies

    # ── Does it hold? ───────────────────────────────────────────────────────────────────────────

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
        measure = self.measure(condition)
        meets = holds(condition, self.currencies)
        return lambda values: meets(measure(values))

    def measure(self, condition: Comparison | Sum) -> Measure:
        """The value that a comparison on the purchase, or a sum, looks at."""
        if isinstance(condition, Comparison):
            slot = self.probes.field(condition.field, condition.parameter)
            return lambda values: values[slot]
        if is_keyed(condition.where):
            assert isinstance(condition.where, Comparison)
            slot = self.probes.sums_by(condition.measure, condition.where)
            key = keys_of(condition.where)[0]
            return lambda values: values[slot].get(key, 0)
        fits, weigh = self.row_test(condition.where), MEASURES[condition.measure]
        scope = condition.scope

        def total(values: Values) -> Any:
            context = values[0]
            return sum(
                weigh(line, allocation, context)
                for line, allocation in rows(context, scope)
                if fits(line, allocation, context)
            )

        return total

    def _test_rows(self, condition: Rows) -> Test:
        if condition.quantifier == "any" and is_keyed(condition.part, several=True):
            assert isinstance(condition.part, Comparison)
            slot = self.probes.lines_by(condition.part)
            keys = keys_of(condition.part)
            if len(keys) == 1:
                key = keys[0]
                return lambda values: key in values[slot]
            return lambda values: any(key in values[slot] for key in keys)
        fits, scope = self.row_test(condition.part), condition.scope
        quantify = any if condition.quantifier == "any" else all
        return lambda values: quantify(
            fits(line, allocation, values[0]) for line, allocation in rows(values[0], scope)
        )

    def row_test(self, condition: Condition) -> RowTest:
        """Whether a condition on one row holds."""
        if isinstance(condition, AllOf):
            parts = [self.row_test(part) for part in condition.parts]
            return lambda line, allocation, context: all(
                part(line, allocation, context) for part in parts
            )
        if isinstance(condition, AnyOf):
            parts = [self.row_test(part) for part in condition.parts]
            return lambda line, allocation, context: any(
                part(line, allocation, context) for part in parts
            )
        if isinstance(condition, Not):
            inner = self.row_test(condition.part)
            return lambda line, allocation, context: not inner(line, allocation, context)
        assert isinstance(condition, Comparison), "rows are not nested"
        read, meets = row_read(condition), holds(condition, self.currencies)
        return lambda line, allocation, context: meets(read(line, allocation, context))

    # ── And why? ────────────────────────────────────────────────────────────────────────────────

    def observe(self, condition: Condition) -> Observe:
        """The findings of a condition that holds."""
        if isinstance(condition, AllOf):
            parts = [self.observe(part) for part in condition.parts]
            if len(parts) == 1:
                return parts[0]
            return lambda values: tuple(found for part in parts for found in part(values))
        if isinstance(condition, AnyOf):
            pairs = [(self.test(part), self.observe(part)) for part in condition.parts]
            return lambda values: tuple(
                found for test, observe in pairs if test(values) for found in observe(values)
            )
        if isinstance(condition, Rows):
            return self._observe_rows(condition)
        negated = isinstance(condition, Not)
        leaf = condition.part if isinstance(condition, Not) else condition
        assert isinstance(leaf, (Comparison, Sum)), "conditions are pushed down before"
        make = finding_maker(leaf, self.currencies, negated=negated)
        measure = self.measure(leaf)
        if isinstance(leaf, Sum):
            return self._observe_sum(leaf, make, measure)
        return lambda values: (make(measure(values), (), ()),)

    def _observe_sum(self, leaf: Sum, make: Any, measure: Measure) -> Observe:
        fits, scope = self.row_test(leaf.where), leaf.scope
        observe = self.row_observe(leaf.where)

        def found(values: Values) -> tuple[Finding, ...]:
            context = values[0]
            counted = [row for row in rows(context, scope) if fits(*row, context)]
            where = observe(counted, context) if counted else ()
            return (make(measure(values), line_numbers(counted), where),)

        return found

    def _observe_rows(self, condition: Rows) -> Observe:
        if condition.quantifier == "any" and is_keyed(condition.part):
            assert isinstance(condition.part, Comparison)
            slot = self.probes.lines_by(condition.part)
            key = keys_of(condition.part)[0]
            make = finding_maker(condition.part, self.currencies)
            return lambda values: (make(key, values[slot][key], ()),)
        fits, scope = self.row_test(condition.part), condition.scope
        observe = self.row_observe(condition.part)
        if condition.quantifier == "all":
            return lambda values: _of_every_line(observe(list(rows(values[0], scope)), values[0]))
        return lambda values: observe(
            [row for row in rows(values[0], scope) if fits(*row, values[0])], values[0]
        )

    def row_observe(self, condition: Condition) -> RowObserve:
        """The findings of a condition on rows that all meet it."""
        if isinstance(condition, AllOf):
            observers = [self.row_observe(part) for part in condition.parts]
            return lambda met, context: tuple(
                found for observe in observers for found in observe(met, context)
            )
        if isinstance(condition, AnyOf):
            pairs = [(self.row_test(part), self.row_observe(part)) for part in condition.parts]

            def found_by_part(met: list[Row], context: Context) -> tuple[Finding, ...]:
                found: list[Finding] = []
                for test, observe in pairs:
                    of_part = [row for row in met if test(*row, context)]
                    if of_part:
                        found.extend(observe(of_part, context))
                return tuple(found)

            return found_by_part
        leaf = condition.part if isinstance(condition, Not) else condition
        assert isinstance(leaf, Comparison), "rows are not nested"
        make = finding_maker(leaf, self.currencies, negated=isinstance(condition, Not))
        read = row_read(leaf)
        operator = f"not {leaf.operator}" if isinstance(condition, Not) else leaf.operator

        def found(met: list[Row], context: Context) -> tuple[Finding, ...]:
            if not met:
                return ()
            actuals = [read(line, allocation, context) for line, allocation in met]
            return (make(deciding(operator, actuals), line_numbers(met), ()),)

        return found


def is_keyed(condition: Condition, *, several: bool = False) -> bool:
    """Whether a condition on rows is one look-up: a text equals, or lies within, given keys."""
    return (
        isinstance(condition, Comparison)
        and condition.operator in ("=", "in", "within")
        and FIELDS[condition.field].kind in ("text", "path")
        and (several or len(keys_of(condition)) == 1)
    )


def keys_of(comparison: Comparison) -> tuple[str, ...]:
    """The values that a keyed comparison asks for."""
    value = comparison.value
    if isinstance(value, tuple):
        return tuple(str(key) for key in value)
    return (str(value),)


def _of_every_line(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """A finding that holds for all lines names none."""
    return tuple(finding._replace(lines=()) for finding in findings)


def _all(tests: list[Test]) -> Test:
    if len(tests) == 1:
        return tests[0]
    if len(tests) == 2:
        first, second = tests
        return lambda values: first(values) and second(values)
    return lambda values: all(test(values) for test in tests)


def _any(tests: list[Test]) -> Test:
    return lambda values: any(test(values) for test in tests)
