"""What is computed once per purchase and shared by all rules of a rulebook.

A probe is one value that several rules ask for: a field of the purchase, a field's column over all
lines, the line numbers of each category, the sum of each cost centre. A rule's condition then only
looks at slots, so fifty rules on ten lines walk the lines a few times and not fifty times.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from functools import lru_cache
from typing import Any, Final

from placet.policy.conditions import Comparison
from placet.policy.facts import Allocation, Line
from placet.policy.fields import FIELDS
from placet.policy.readers import Context, allocated

Values = list[Any]
"""The context first, then the value of each probe, in the order in which they were asked for."""

Probe = Callable[[Values], Any]
Column = list[Any]


class Probes:
    """Collects the probes of a rulebook while its rules are compiled; equal ones share a slot."""

    def __init__(self) -> None:
        self._probes: list[Probe] = []
        self._slots: dict[Hashable, int] = {}

    def slot(self, key: Hashable, probe: Probe) -> int:
        """Where the probe's value will stand in `Values`. A probe may look at earlier slots."""
        found = self._slots.get(key)
        if found is None:
            self._probes.append(probe)
            found = self._slots[key] = len(self._probes)
        return found

    def values(self, context: Context) -> Values:
        """The slots for a purchase."""
        values: Values = [context]
        for probe in self._probes:
            values.append(probe(values))
        return values

    # ── What they look at ───────────────────────────────────────────────────────────────────────

    def field(self, key: str, parameter: str | int | None) -> int:
        """The slot of a purchase's field."""
        read = FIELDS[key].read
        if parameter is None:
            return self.slot((key, None), lambda values: read(values[0]))
        return self.slot((key, parameter), lambda values: read(values[0], parameter))

    def column(self, comparison: Comparison, scope: str) -> int:
        """The slot of a field's values over the rows: lines, or allocations in their lines."""
        field, parameter = FIELDS[comparison.field], comparison.parameter
        read = field.read
        more = () if parameter is None else (parameter,)
        if scope == "line":

            def probe(values: Values) -> Column:
                context = values[0]
                return [read(line, context, *more) for line in context.facts.purchase.lines]

        elif field.scope == "line":

            def probe(values: Values) -> Column:
                context = values[0]
                return [read(line, context, *more) for line, _ in rows(context, scope)]

        else:

            def probe(values: Values) -> Column:
                context = values[0]
                return [read(part, context, *more) for _, part in rows(context, scope)]

        return self.slot(("column", comparison.field, parameter, scope), probe)

    def numbers(self, scope: str) -> int:
        """The slot of the rows' line numbers."""
        return self.slot(
            ("numbers", scope), lambda values: [line.number for line, _ in rows(values[0], scope)]
        )

    def weights(self, measure: str) -> int:
        """The slot of what each row adds to a sum."""
        scope = "allocation" if measure == "allocation_total" else "line"
        weigh = MEASURES[measure]

        def probe(values: Values) -> Column:
            context = values[0]
            return [weigh(line, part, context) for line, part in rows(context, scope)]

        return self.slot(("weights", measure), probe)

    # ── Summaries of columns ────────────────────────────────────────────────────────────────────

    def extreme(self, comparison: Comparison, scope: str, *, highest: bool) -> int:
        """The slot of a column's largest, or smallest, value; None where all are absent."""
        column = self.column(comparison, scope)
        choose = max if highest else min

        def probe(values: Values) -> Any:
            return choose((value for value in values[column] if value is not None), default=None)

        return self.slot(("extreme", comparison.field, comparison.parameter, scope, highest), probe)

    def lines_by(self, comparison: Comparison, scope: str) -> int:
        """The slot of a mapping from each value of a column to the line numbers that have it.

        For `within` every path above a value counts as a value too, so that is one look-up.
        """
        column, numbers = self.column(comparison, scope), self.numbers(scope)
        with_paths = comparison.operator == "within"

        def probe(values: Values) -> dict[str, list[int]]:
            found: dict[str, list[int]] = {}
            for value, number in zip(values[column], values[numbers], strict=True):
                for key in paths_above(value) if with_paths else (value,):
                    if key in found:
                        found[key].append(number)
                    else:
                        found[key] = [number]
            return found

        key = ("lines", comparison.field, comparison.parameter, scope, with_paths)
        return self.slot(key, probe)

    def sums_by(self, measure: str, comparison: Comparison) -> int:
        """The slot of a mapping from each value of a column to the sum over its rows."""
        scope = "allocation" if measure == "allocation_total" else "line"
        column, weights = self.column(comparison, scope), self.weights(measure)
        with_paths = comparison.operator == "within"

        def probe(values: Values) -> dict[str, Any]:
            sums: dict[str, Any] = {}
            for value, weight in zip(values[column], values[weights], strict=True):
                for key in paths_above(value) if with_paths else (value,):
                    sums[key] = sums.get(key, 0) + weight
            return sums

        key = ("sums", measure, comparison.field, comparison.parameter, with_paths)
        return self.slot(key, probe)


def rows(context: Context, scope: str) -> Iterator[tuple[Line, Allocation | None]]:
    """The purchase's lines, or all their allocations with their line."""
    if scope == "line":
        for line in context.facts.purchase.lines:
            yield line, None
    else:
        for line in context.facts.purchase.lines:
            for allocation in line.allocations:
                yield line, allocation


@lru_cache(maxsize=4_096)
def paths_above(path: str) -> tuple[str, ...]:
    """`a/b/c` gives `a`, `a/b`, `a/b/c`."""
    parts = path.split("/")
    return tuple("/".join(parts[: count + 1]) for count in range(len(parts)))


def _line_total(line: Line, allocation: Allocation | None, context: Context) -> Any:
    return line.total_minor


def _line_quantity(line: Line, allocation: Allocation | None, context: Context) -> Any:
    return line.quantity


def _allocation_total(line: Line, allocation: Allocation | None, context: Context) -> Any:
    assert allocation is not None, "allocations are summed over allocations"
    return allocated(allocation, context.basis)


MEASURES: Final[dict[str, Callable[[Line, Allocation | None, Context], Any]]] = {
    "line_total": _line_total,
    "line_quantity": _line_quantity,
    "allocation_total": _allocation_total,
}
"""What may be summed over rows."""
