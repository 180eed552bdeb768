"""What is computed once per purchase and shared by all rules of a rulebook.

A probe is one value that several rules ask for: a field of the purchase, the line numbers of each
category, the sum of each cost centre. A rule's condition then only looks at slots, so fifty rules
on ten lines walk the lines a few times and not fifty times.
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
"""The context first, then the value of each probe."""

Probe = Callable[[Context], Any]
RowRead = Callable[[Line, Allocation | None, Context], Any]


class Probes:
    """Collects the probes of a rulebook while its rules are compiled; equal ones share a slot."""

    def __init__(self) -> None:
        self.probes: list[Probe] = []
        self._slots: dict[Hashable, int] = {}

    def slot(self, key: Hashable, probe: Probe) -> int:
        """Where the probe's value will stand in `Values`."""
        found = self._slots.get(key)
        if found is None:
            self.probes.append(probe)
            found = self._slots[key] = len(self.probes)
        return found

    def values(self, context: Context) -> Values:
        """The slots for a purchase."""
        return [context, *[probe(context) for probe in self.probes]]

    def field(self, key: str, parameter: str | int | None) -> int:
        """The slot of a purchase's field."""
        read = FIELDS[key].read
        if parameter is None:
            return self.slot((key, None), read)
        return self.slot((key, parameter), lambda context: read(context, parameter))

    def lines_by(self, comparison: Comparison) -> int:
        """The slot of a mapping from each value of a row's field to the line numbers that have it.

        For a path every path above counts as a value too, so `within` is one look-up.
        """
        with_paths = comparison.operator == "within"
        read = row_read(comparison)
        scope = FIELDS[comparison.field].scope

        def probe(context: Context) -> dict[str, tuple[int, ...]]:
            numbers: dict[str, tuple[int, ...]] = {}
            for line, allocation in rows(context, scope):
                value = read(line, allocation, context)
                for key in paths_above(value) if with_paths else (value,):
                    seen = numbers.get(key, ())
                    if not seen or seen[-1] != line.number:
                        numbers[key] = (*seen, line.number)
            return numbers

        return self.slot(("lines", comparison.field, comparison.parameter, with_paths), probe)

    def sums_by(self, measure: str, comparison: Comparison) -> int:
        """The slot of a mapping from each value of a row's field to the sum over its rows."""
        with_paths = comparison.operator == "within"
        read = row_read(comparison)
        weigh = MEASURES[measure]
        scope = "allocation" if measure == "allocation_total" else "line"

        def probe(context: Context) -> dict[str, Any]:
            sums: dict[str, Any] = {}
            for line, allocation in rows(context, scope):
                value = read(line, allocation, context)
                weight = weigh(line, allocation, context)
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


def row_read(comparison: Comparison) -> RowRead:
    """How a comparison's field is read from a row, whichever of line or allocation it is of."""
    field = FIELDS[comparison.field]
    read, parameter = field.read, comparison.parameter
    if field.scope == "line":
        if parameter is None:
            return lambda line, allocation, context: read(line, context)
        return lambda line, allocation, context: read(line, context, parameter)
    if parameter is None:
        return lambda line, allocation, context: read(allocation, context)
    return lambda line, allocation, context: read(allocation, context, parameter)


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


MEASURES: Final[dict[str, RowRead]] = {
    "line_total": _line_total,
    "line_quantity": _line_quantity,
    "allocation_total": _allocation_total,
}
