"""Why a condition holds: what is seen of the purchase, and what is stated of that.

Seeing happens while the rules are matched. What is seen is what the test looked at, plain values:

- of a comparison on the purchase its value;
- of a condition on rows that is one easy comparison (`is_seen_at_once`) the values of all rows,
  else the places of the rows that meet it;
- of a sum the sum, and that of the condition on its rows;
- of `all` a tuple with what is seen of each part; of `any` the same, each in a tuple of its own
  that is empty where the part does not hold.

Stating turns that into findings, when somebody reads them. It takes nothing but what was seen and
the columns of the rows: the facts are not looked at a second time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeGuard

from placet.policy.comparing import in_column
from placet.policy.compiling import Compiler
from placet.policy.conditions import AllOf, AnyOf, Comparison, Condition, Not, Rows, Sum
from placet.policy.fields import FIELDS, NUMERIC
from placet.policy.findings import MakeFinding, deciding, finding_maker
from placet.policy.meeting import Found, is_keyed
from placet.policy.plan import Finding
from placet.policy.probes import Values, keys_of

Seen = Any
See = Callable[[Values], Seen]
State = Callable[[Values, Seen], tuple[Finding, ...]]


def is_seen_at_once(part: Condition) -> TypeGuard[Comparison]:
    """Whether a condition on rows is decided by their values together: by the largest, by a key."""
    if not isinstance(part, Comparison):
        return False
    if is_keyed(part):
        return part.operator != "within" and len(keys_of(part)) == 1
    return FIELDS[part.field].kind in NUMERIC and part.operator in (">", ">=")


class Observation(NamedTuple):
    """The two halves of why a condition holds; `see` is asked only where it does."""

    see: See
    state: State


class Observer:
    """Compiles the observations of conditions; `Not` stands around comparisons and sums only."""

    def __init__(self, compiler: Compiler) -> None:
        self._compiler = compiler
        self._probes = compiler.probes
        self._meeting = compiler.meeting
        self._currencies = compiler.currencies
        self._known: dict[int, tuple[Condition, Observation]] = {}

    def observe(self, condition: Condition) -> Observation:
        """How a condition that holds is seen and stated; the same object is compiled once."""
        known = self._known.get(id(condition))
        if known is None:
            known = self._known[id(condition)] = condition, self._observed(condition)
        return known[1]

    def _observed(self, condition: Condition) -> Observation:
        if isinstance(condition, AllOf):
            return _of_all([self.observe(part) for part in condition.parts])
        if isinstance(condition, AnyOf):
            return self._of_any(condition)
        if isinstance(condition, Rows):
            return self._of_rows(condition)
        leaf = condition.part if isinstance(condition, Not) else condition
        assert isinstance(leaf, (Comparison, Sum)), "conditions are pushed down before"
        make = finding_maker(leaf, self._currencies, negated=isinstance(condition, Not))
        measure = self._compiler.measure(leaf)
        if isinstance(leaf, Comparison):
            return Observation(measure, lambda values, seen: (make(seen, (), ()),))
        see, rows_of = self._seen_rows(leaf.where, leaf.scope)
        lines_of, narrow = self._lines(leaf.scope), self._on_rows(leaf.where, leaf.scope)

        def state(values: Values, seen: Seen) -> tuple[Finding, ...]:
            total, of_rows = seen
            rows = rows_of(of_rows)
            return (make(total, lines_of(values, rows), narrow(values, rows)),)

        return Observation(lambda values: (measure(values), see(values)), state)

    def _of_any(self, condition: AnyOf) -> Observation:
        tests = [self._compiler.test(part) for part in condition.parts]
        sees, states = _halves([self.observe(part) for part in condition.parts])

        def see(values: Values) -> Seen:
            pairs = zip(tests, sees, strict=True)
            return tuple([(see(values),) if test(values) else () for test, see in pairs])

        def state(values: Values, seen: Seen) -> tuple[Finding, ...]:
            pairs = zip(states, seen, strict=True)
            return tuple([found for one, held in pairs if held for found in one(values, held[0])])

        return Observation(see, state)

    def _of_rows(self, condition: Rows) -> Observation:
        part, scope = condition.part, condition.scope
        of_rows = self._on_rows(part, scope)
        if condition.quantifier == "all":
            every = self._probes.count(scope)
            return Observation(
                lambda values: range(every(values)),
                lambda values, seen: tuple(
                    [finding._replace(lines=()) for finding in of_rows(values, seen)]
                ),
            )
        see, rows_of = self._seen_rows(part, scope)
        return Observation(see, lambda values, seen: of_rows(values, rows_of(seen)))

    def _seen_rows(self, part: Condition, scope: str) -> tuple[See, Callable[[Seen], Found]]:
        """What is seen of a condition on rows, and which rows meet it, given that."""
        if not is_seen_at_once(part):
            return self._meeting.rows(part, scope), lambda rows: rows
        column = self._probes.column(part, scope)
        if not is_keyed(part):
            return column, in_column(part, self._currencies)
        key, is_of_several = keys_of(part)[0], FIELDS[part.field].kind == "texts"
        if is_of_several:
            return column, lambda seen: [row for row, keys in enumerate(seen) if key in keys]
        return column, lambda seen: [row for row, value in enumerate(seen) if value == key]

    def _on_rows(self, condition: Condition, scope: str) -> State:
        """The findings of a condition on rows that meet it; none for no rows."""
        if isinstance(condition, AllOf):
            parts = [self._on_rows(part, scope) for part in condition.parts]
            return lambda values, rows: tuple(
                [finding for part in parts for finding in part(values, rows)]
            )
        if isinstance(condition, AnyOf):
            pairs = [
                (self._meeting.among(part, scope), self._on_rows(part, scope))
                for part in condition.parts
            ]
            return lambda values, rows: tuple(
                [
                    finding
                    for among, of_rows in pairs
                    for finding in of_rows(values, among(values, rows))
                ]
            )
        negated = isinstance(condition, Not)
        leaf = condition.part if isinstance(condition, Not) else condition
        assert isinstance(leaf, Comparison), "rows are not nested"
        make = finding_maker(leaf, self._currencies, negated=negated)
        return self._of_leaf(
            leaf, scope, f"not {leaf.operator}" if negated else leaf.operator, make
        )

    def _of_leaf(self, leaf: Comparison, scope: str, operator: str, make: MakeFinding) -> State:
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


def _of_all(parts: Sequence[Observation]) -> Observation:
    """What is seen of all parts, stated in their order; without a loop where there are two."""
    sees, states = _halves(parts)
    if len(parts) == 2:
        first, second = states
        return Observation(
            lambda values: (sees[0](values), sees[1](values)),
            lambda values, seen: first(values, seen[0]) + second(values, seen[1]),
        )

    def state(values: Values, seen: Seen) -> tuple[Finding, ...]:
        pairs = zip(states, seen, strict=True)
        return tuple([found for one, held in pairs for found in one(values, held)])

    return Observation(lambda values: tuple([see(values) for see in sees]), state)


def _halves(parts: Sequence[Observation]) -> tuple[list[See], list[State]]:
    return [part.see for part in parts], [part.state for part in parts]
