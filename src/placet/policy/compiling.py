"""Conditions compiled to closures: `test` says whether they hold, `observe` says why.

Both look at the slots of `probes`. A condition on rows becomes a mask, one truth value a row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import compress
from typing import Any

from placet.policy.comparing import Currencies, bound_of, column_test, holds, slot_test
from placet.policy.conditions import AllOf, AnyOf, Comparison, Condition, Not, Rows, Sum
from placet.policy.fields import FIELDS, NUMERIC
from placet.policy.findings import MakeFinding, deciding, finding_maker
from placet.policy.plan import Finding
from placet.policy.probes import Probes, Values, keys_of

Test = Callable[[Values], bool]
Observe = Callable[[Values], tuple[Finding, ...]]
Measure = Callable[[Values], Any]
Mask = list[bool]
RowsTest = Callable[[Values], Mask]
RowsObserve = Callable[[Values, Mask], tuple[Finding, ...]]


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
        if isinstance(condition, Comparison):
            slot = self.probes.field(condition.field, condition.parameter)
            return slot_test(condition, slot, self.currencies)
        measure = self.measure(condition)
        meets = holds(condition, self.currencies)
        return lambda values: meets(measure(values))

    def measure(self, condition: Comparison | Sum) -> Measure:
        """The value that a comparison on the purchase, or a sum, looks at."""
        if isinstance(condition, Comparison):
            slot = self.probes.field(condition.field, condition.parameter)
            return lambda values: values[slot]
        where = condition.where
        if isinstance(where, Comparison) and is_keyed(where) and len(keys_of(where)) == 1:
            slot = self.probes.sums_by(condition.measure, where)
            key = keys_of(where)[0]
            return lambda values: values[slot].get(key, 0)
        mask = self.mask(where, condition.scope)
        weights = self.probes.weights(condition.measure)
        return lambda values: sum(
            weight for weight, counts in zip(values[weights], mask(values), strict=True) if counts
        )

    def _test_rows(self, condition: Rows) -> Test:
        part, scope = condition.part, condition.scope
        if condition.quantifier == "all":
            of_all = self.mask(part, scope)
            return lambda values: all(of_all(values))
        if isinstance(part, Comparison) and is_keyed(part):
            slot, keys = self.probes.keys_present(part, scope), keys_of(part)
            if len(keys) == 1:
                key = keys[0]
                return lambda values: key in values[slot]
            return lambda values: not values[slot].isdisjoint(keys)
        if isinstance(part, Comparison) and is_extreme(part):
            slot = self.probes.extreme(part, scope, highest=part.operator in (">", ">="))
            meets = holds(part, self.currencies)
            return lambda values: meets(values[slot])
        if isinstance(part, AllOf) and len(part.parts) == 2:
            *_, last = part.parts
            if isinstance(last, Comparison) and not is_keyed(last):
                return self._test_pair(part, last, scope)
        mask = self.mask(part, scope)
        return lambda values: any(mask(values))

    def _test_pair(self, pair: AllOf, last: Comparison, scope: str) -> Test:
        """Whether a row that meets the first part meets the last one: few do, so few are asked."""
        first = self.mask(pair.parts[0], scope)
        column, meets = self.probes.column(last, scope), holds(last, self.currencies)
        return lambda values: any(map(meets, compress(values[column], first(values))))

    def mask(self, condition: Condition, scope: str) -> RowsTest:
        """For each row whether a condition on it holds."""
        if isinstance(condition, AllOf):
            return self._mask_of_all([self.mask(part, scope) for part in condition.parts], scope)
        if isinstance(condition, AnyOf):
            parts = [self.mask(part, scope) for part in condition.parts]
            every = self.probes.rows(scope)
            return lambda values: (
                [any(row) for row in zip(*(part(values) for part in parts), strict=True)]
                if parts
                else [False] * len(values[every])
            )
        if isinstance(condition, Not):
            inner = self.mask(condition.part, scope)
            return lambda values: [not met for met in inner(values)]
        assert isinstance(condition, Comparison), "rows are not nested"
        if is_keyed(condition):
            hits, keys = self.probes.hits(condition, scope), keys_of(condition)
            if len(keys) > 1:
                asked = frozenset(keys)
                return lambda values: [not asked.isdisjoint(found) for found in values[hits]]
            key = keys[0]
            return lambda values: [key in found for found in values[hits]]
        slot = self.probes.column(condition, scope)
        meets = column_test(condition, self.currencies)
        return lambda values: meets(values[slot])

    def _mask_of_all(self, parts: list[RowsTest], scope: str) -> RowsTest:
        if not parts:
            every = self.probes.rows(scope)
            return lambda values: [True] * len(values[every])
        if len(parts) == 1:
            return parts[0]
        first, second, *others = parts

        def mask(values: Values) -> Mask:
            met = [one and two for one, two in zip(first(values), second(values), strict=True)]
            for part in others:
                met = [both and here for both, here in zip(met, part(values), strict=True)]
            return met

        return mask

    # ── And why? ────────────────────────────────────────────────────────────────────────────────

    def observe(self, condition: Condition) -> Observe:
        """The findings of a condition that holds."""
        if isinstance(condition, AllOf):
            parts = [self.observe(part) for part in condition.parts]
            if len(parts) == 1:
                return parts[0]
            if len(parts) == 2:
                first, second = parts
                return lambda values: first(values) + second(values)
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
        if isinstance(leaf, Comparison):
            return lambda values: (make(measure(values), (), ()),)
        return self._observe_sum(leaf, make, measure)

    def _observe_sum(self, leaf: Sum, make: MakeFinding, measure: Measure) -> Observe:
        where, scope = leaf.where, leaf.scope
        mask, numbers = self.mask(where, scope), self.probes.numbers(scope)
        narrow = self._observe_masked(where, scope)

        def observe(values: Values) -> tuple[Finding, ...]:
            met = mask(values)
            lines = _once(_chosen(numbers(values), met))
            return (make(measure(values), lines, narrow(values, met)),)

        return observe

    def _observe_rows(self, condition: Rows) -> Observe:
        part, scope = condition.part, condition.scope
        if condition.quantifier == "all":
            observe_all, every = self._observe_masked(part, scope), self.probes.rows(scope)
            return lambda values: tuple(
                finding._replace(lines=())
                for finding in observe_all(values, [True] * len(values[every]))
            )
        if isinstance(part, Comparison) and part.operator == ">":
            return self._observe_over(part, scope)
        mask, observe = self.mask(part, scope), self._observe_masked(part, scope)
        return lambda values: observe(values, mask(values))

    def _observe_over(self, part: Comparison, scope: str) -> Observe:
        """The rows over a threshold, the frequent case, in one pass."""
        column, numbers = self.probes.column(part, scope), self.probes.numbers(scope)
        largest = self.probes.extreme(part, scope, highest=True)
        make, over = finding_maker(part, self.currencies), bound_of(part, self.currencies)

        def observe(values: Values) -> tuple[Finding, ...]:
            pairs = zip(values[column], numbers(values), strict=True)
            lines = [number for value, number in pairs if value is not None and value > over]
            return (make(values[largest], _once(lines), ()),)

        return observe

    def _observe_masked(self, condition: Condition, scope: str) -> RowsObserve:
        """The findings of a condition on the rows of a mask, which meet it; none for no rows."""
        if isinstance(condition, AllOf):
            observers = [self._observe_masked(part, scope) for part in condition.parts]
            return lambda values, met: tuple(
                found for observe in observers for found in observe(values, met)
            )
        if isinstance(condition, AnyOf):
            return self._observe_masked_any(condition, scope)
        leaf = condition.part if isinstance(condition, Not) else condition
        assert isinstance(leaf, Comparison), "rows are not nested"
        negated = isinstance(condition, Not)
        make = finding_maker(leaf, self.currencies, negated=negated)
        column, numbers = self.probes.column(leaf, scope), self.probes.numbers(scope)
        operator = f"not {leaf.operator}" if negated else leaf.operator

        def found(values: Values, met: Mask) -> tuple[Finding, ...]:
            table = zip(values[column], numbers(values), met, strict=True)
            chosen = [(value, number) for value, number, here in table if here]
            if len(chosen) == 1:
                value, number = chosen[0]
                return (make(value, (number,), ()),)
            if not chosen:
                return ()
            actual = deciding(operator, [value for value, _ in chosen])
            return (make(actual, _once(number for _, number in chosen), ()),)

        return found

    def _observe_masked_any(self, condition: AnyOf, scope: str) -> RowsObserve:
        """Each part that some of the rows meet, with those rows."""
        pairs = [
            (self.mask(part, scope), self._observe_masked(part, scope)) for part in condition.parts
        ]

        def found(values: Values, met: Mask) -> tuple[Finding, ...]:
            findings: list[Finding] = []
            for mask, observe in pairs:
                both = [one and other for one, other in zip(met, mask(values), strict=True)]
                findings.extend(observe(values, both))
            return tuple(findings)

        return found


def is_keyed(comparison: Comparison) -> bool:
    """Whether a comparison on rows is a look-up: a text is, or lies within, given keys."""
    kind = FIELDS[comparison.field].kind
    return comparison.operator in ("=", "in", "within") and kind in ("text", "path", "texts")


def is_extreme(comparison: Comparison) -> bool:
    """Whether some row meets a comparison exactly when the largest, or smallest, value does."""
    return comparison.operator in (">", ">=", "<", "<=") and (
        FIELDS[comparison.field].kind in NUMERIC
    )


def _once(numbers: Iterable[int]) -> tuple[int, ...]:
    """Line numbers, each once: rows stand in the order of their lines."""
    return tuple(dict.fromkeys(numbers))


def _chosen(column: list[Any], met: Mask) -> list[Any]:
    return [value for value, here in zip(column, met, strict=True) if here]


def _all(tests: list[Test]) -> Test:
    if len(tests) == 1:
        return tests[0]
    if len(tests) == 2:
        first, second = tests
        return lambda values: first(values) and second(values)
    return lambda values: all(test(values) for test in tests)


def _any(tests: list[Test]) -> Test:
    return lambda values: any(test(values) for test in tests)
