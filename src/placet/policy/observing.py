"""Why a condition holds: its findings, compiled beside the tests and run for rules that match."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from placet.policy.comparing import bound_of
from placet.policy.compiling import Compiler
from placet.policy.conditions import AllOf, AnyOf, Comparison, Condition, Not, Rows, Sum
from placet.policy.findings import MakeFinding, deciding, finding_maker
from placet.policy.meeting import Found
from placet.policy.plan import Finding
from placet.policy.probes import Values

Observe = Callable[[Values], tuple[Finding, ...]]
ObserveRows = Callable[[Values, Found], tuple[Finding, ...]]


class Observer:
    """Compiles the findings of conditions; `Not` stands around comparisons and sums only."""

    def __init__(self, compiler: Compiler) -> None:
        self._compiler = compiler
        self._probes = compiler.probes
        self._meeting = compiler.meeting
        self._currencies = compiler.currencies

    def observe(self, condition: Condition) -> Observe:
        """The findings of a condition that holds."""
        if isinstance(condition, AllOf):
            return _together([self.observe(part) for part in condition.parts])
        if isinstance(condition, AnyOf):
            pairs = [(self._compiler.test(part), self.observe(part)) for part in condition.parts]
            return lambda values: tuple(
                found for test, observe in pairs if test(values) for found in observe(values)
            )
        if isinstance(condition, Rows):
            return self._observe_rows(condition)
        negated = isinstance(condition, Not)
        leaf = condition.part if isinstance(condition, Not) else condition
        assert isinstance(leaf, (Comparison, Sum)), "conditions are pushed down before"
        make = finding_maker(leaf, self._currencies, negated=negated)
        measure = self._compiler.measure(leaf)
        if isinstance(leaf, Comparison):
            return lambda values: (make(measure(values), (), ()),)
        rows = self._meeting.rows(leaf.where, leaf.scope)
        lines_of, narrow = self._lines(leaf.scope), self._on_rows(leaf.where, leaf.scope)

        def of_sum(values: Values) -> tuple[Finding, ...]:
            found = rows(values)
            return (make(measure(values), lines_of(values, found), narrow(values, found)),)

        return of_sum

    def _observe_rows(self, condition: Rows) -> Observe:
        part, scope = condition.part, condition.scope
        if condition.quantifier == "all":
            of_all, every = self._on_rows(part, scope), self._probes.count(scope)
            return lambda values: tuple(
                finding._replace(lines=()) for finding in of_all(values, range(every(values)))
            )
        if isinstance(part, Comparison) and part.operator == ">":
            return self._observe_over(part, scope)
        rows, of_rows = self._meeting.rows(part, scope), self._on_rows(part, scope)
        return lambda values: of_rows(values, rows(values))

    def _observe_over(self, part: Comparison, scope: str) -> Observe:
        """The rows over a threshold, the frequent case, in one pass."""
        column, numbers = self._probes.column(part, scope), self._probes.numbers(scope)
        largest, over = self._probes.extreme(part, scope), bound_of(part, self._currencies)
        make = finding_maker(part, self._currencies)

        def observe(values: Values) -> tuple[Finding, ...]:
            pairs = zip(column(values), numbers(values), strict=True)
            lines = [number for value, number in pairs if value is not None and value > over]
            return (make(largest(values), tuple(dict.fromkeys(lines)), ()),)

        return observe

    def _on_rows(self, condition: Condition, scope: str) -> ObserveRows:
        """The findings of a condition on rows that meet it; none for no rows."""
        if isinstance(condition, AllOf):
            return _together_on_rows([self._on_rows(part, scope) for part in condition.parts])
        if isinstance(condition, AnyOf):
            pairs = [
                (self._meeting.among(part, scope), self._on_rows(part, scope))
                for part in condition.parts
            ]
            return lambda values, rows: tuple(
                finding
                for among, of_rows in pairs
                for finding in of_rows(values, among(values, rows))
            )
        negated = isinstance(condition, Not)
        leaf = condition.part if isinstance(condition, Not) else condition
        assert isinstance(leaf, Comparison), "rows are not nested"
        make = finding_maker(leaf, self._currencies, negated=negated)
        return self._of_leaf(
            leaf, scope, f"not {leaf.operator}" if negated else leaf.operator, make
        )

    def _of_leaf(
        self, leaf: Comparison, scope: str, operator: str, make: MakeFinding
    ) -> ObserveRows:
        column, numbers = self._probes.column(leaf, scope), self._probes.numbers(scope)
        lines_of = self._lines(scope)

        def found(values: Values, rows: Found) -> tuple[Finding, ...]:
            if not rows:
                return ()
            of_rows = column(values)
            if len(rows) == 1:
                row = rows[0]
                return (make(of_rows[row], (numbers(values)[row],), ()),)
            actual = deciding(operator, [of_rows[row] for row in rows])
            return (make(actual, lines_of(values, rows), ()),)

        return found

    def _lines(self, scope: str) -> Callable[[Values, Found], tuple[int, ...]]:
        """The line numbers of rows, each once."""
        numbers = self._probes.numbers(scope)

        def lines(values: Values, rows: Found) -> tuple[int, ...]:
            of_rows = numbers(values)
            return tuple(dict.fromkeys([of_rows[row] for row in rows]))

        return lines


def _together(parts: Sequence[Observe]) -> Observe:
    """The findings of all parts, in their order; without a loop where there are two."""
    if len(parts) == 1:
        return parts[0]
    if len(parts) == 2:
        first, second = parts
        return lambda values: first(values) + second(values)
    return lambda values: tuple(found for part in parts for found in part(values))


def _together_on_rows(parts: Sequence[ObserveRows]) -> ObserveRows:
    if len(parts) == 2:
        first, second = parts
        return lambda values, rows: first(values, rows) + second(values, rows)
    return lambda values, rows: tuple(found for part in parts for found in part(values, rows))
