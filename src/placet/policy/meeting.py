"""Which rows meet a condition: the lines, or the allocations, by their place in the purchase.

Rows are ascending places. A condition finds its rows among all of them, or among those that met
another part before: few rows lie in a category, so few are asked for their price.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeGuard

from placet.policy.comparing import Currencies, among_column, in_column
from placet.policy.conditions import AllOf, AnyOf, Comparison, Condition, Not
from placet.policy.fields import FIELDS
from placet.policy.probes import Probes, Read, Values, keys_of

Found = Sequence[int]
Narrow = Callable[[Values, Found], Found]


class Meeting:
    """Compiles conditions on rows; equal conditions look for their rows once."""

    def __init__(self, probes: Probes, currencies: Currencies) -> None:
        self._probes = probes
        self._currencies = currencies

    def rows(self, condition: Condition, scope: str) -> Read:
        """All rows that meet the condition."""
        compute = self._rows(condition, scope)
        return self._probes.shared(("meeting", scope, condition), compute)

    def _rows(self, condition: Condition, scope: str) -> Read:
        if isinstance(condition, AllOf):
            return self._rows_of_all(condition, scope)
        if isinstance(condition, AnyOf):
            parts = [self.rows(part, scope) for part in condition.parts]
            return lambda values: _merged([part(values) for part in parts])
        if isinstance(condition, Not):
            every, among = self._probes.count(scope), self.among(condition, scope)
            return lambda values: among(values, range(every(values)))
        assert isinstance(condition, Comparison), "rows are not nested"
        if is_keyed(condition):
            by_key, keys = self._probes.rows_by_key(condition, scope), keys_of(condition)
            if len(keys) == 1:
                key = keys[0]
                return lambda values: by_key(values).get(key, ())
            return lambda values: _merged([by_key(values).get(key, ()) for key in keys])
        column = self._probes.column(condition, scope)
        found = in_column(condition, self._currencies)
        return lambda values: found(column(values))

    def _rows_of_all(self, condition: AllOf, scope: str) -> Read:
        """The rows of the first part, narrowed by the others; look-ups come first."""
        if not condition.parts:
            every = self._probes.count(scope)
            return lambda values: range(every(values))
        first, *others = sorted(condition.parts, key=_cost)
        start = self.rows(first, scope)
        if len(others) == 1:
            narrow = self.among(others[0], scope)
            return lambda values: narrow(values, start(values))
        narrowed = [self.among(part, scope) for part in others]

        def compute(values: Values) -> Found:
            found: Found = start(values)
            for among in narrowed:
                found = among(values, found)
            return found

        return compute

    def among(self, condition: Condition, scope: str) -> Narrow:
        """Those of the given rows that meet the condition."""
        if isinstance(condition, Comparison) and not is_keyed(condition):
            column = self._probes.column(condition, scope)
            among = among_column(condition, self._currencies)
            return lambda values, found: among(column(values), found)
        if isinstance(condition, Not):
            inner = self.among(condition.part, scope)

            def others(values: Values, found: Found) -> Found:
                met = frozenset(inner(values, found))
                return [row for row in found if row not in met]

            return others
        rows = self.rows(condition, scope)

        def those(values: Values, found: Found) -> Found:
            met = frozenset(rows(values))
            return [row for row in found if row in met]

        return those


def is_keyed(condition: Condition) -> TypeGuard[Comparison]:
    """Whether a condition on rows is a look-up: a text is, or lies within, given keys."""
    return (
        isinstance(condition, Comparison)
        and condition.operator in ("=", "in", "within")
        and FIELDS[condition.field].kind in ("text", "path", "texts")
    )


def _cost(condition: Condition) -> bool:
    return not is_keyed(condition)


def _merged(parts: Sequence[Found]) -> Found:
    """Rows of any of the parts, each once, ascending."""
    if len(parts) == 1:
        return parts[0]
    return sorted(frozenset().union(*parts))
