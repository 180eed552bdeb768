"""What is computed once per purchase and shared by all rules of a rulebook.

A probe is one value that several rules ask for: a field of the purchase, a field's column over all
lines, the line numbers of each category, the sum of each cost centre. A rule's condition then only
looks at slots, so fifty rules on ten lines walk the lines a few times and not fifty times.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import chain
from operator import attrgetter
from typing import Any, Final

from placet.policy.conditions import Comparison
from placet.policy.facts import Allocation, Line
from placet.policy.fields import FIELDS
from placet.policy.readers import Context, allocated

Values = list[Any]
"""The context; what was computed later; then each probe's value, in the order of their slots."""

Probe = Callable[[Values], Any]
_ALLOCATIONS: Final = attrgetter("allocations")

MOST_VALUES: Final = 10_000
"""So many categories, ship-tos or products are remembered with the keys that they count for."""


class Probes:
    """Collects the probes of a rulebook while its rules are compiled; equal ones share a slot."""

    def __init__(self) -> None:
        self._probes: list[Probe] = []
        self._slots: dict[Hashable, int] = {}
        self._later: dict[Hashable, int] = {}
        self._keys: dict[Hashable, _AskedKeys] = {}

    def slot(self, key: Hashable, probe: Probe) -> int:
        """Where the probe's value will stand in `Values`. A probe may look at earlier slots."""
        found = self._slots.get(key)
        if found is None:
            self._probes.append(probe)
            found = self._slots[key] = len(self._probes) + 1
        return found

    def later(self, key: Hashable, probe: Probe) -> Probe:
        """A value that only reasons need: computed for the first of them that is stated."""
        name = self._later.setdefault(key, len(self._later))

        def read(values: Values) -> Any:
            computed = values[1]
            if name not in computed:
                computed[name] = probe(values)
            return computed[name]

        return read

    def values(self, context: Context) -> Values:
        """The slots for a purchase."""
        values: Values = [context, {}]
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

    def rows(self, scope: str) -> int:
        """The slot of the lines themselves, or of all their allocations."""
        if scope == "line":
            return self.slot("lines", lambda values: values[0].facts.purchase.lines)
        lines = self.rows("line")
        return self.slot(
            "allocations",
            lambda values: list(chain.from_iterable(map(_ALLOCATIONS, values[lines]))),
        )

    def column(self, comparison: Comparison, scope: str) -> int:
        """The slot of a field's values over the rows: lines, or allocations in their lines."""
        field, parameter = FIELDS[comparison.field], comparison.parameter
        own_rows = self.rows(field.scope)
        if field.attribute:
            own = self._attribute(field.scope, field.attribute)
        elif field.read_column is not None:
            read_all = field.read_column
            own = self.slot(("own", comparison.field), lambda values: read_all(values[own_rows]))
        else:
            read, more = field.read, () if parameter is None else (parameter,)
            own = self.slot(
                ("own", comparison.field, parameter),
                lambda values: [read(row, values[0], *more) for row in values[own_rows]],
            )
        return own if scope == field.scope else self._for_each_allocation(own)

    def _attribute(self, scope: str, name: str) -> int:
        """The slot of one attribute of all rows: all of them are turned into columns at once."""
        own_rows = self.rows(scope)
        table = self.slot(
            ("table", scope), lambda values: tuple(zip(*values[own_rows], strict=True))
        )
        kind = Line if scope == "line" else Allocation
        place = kind._fields.index(name)
        return self.slot(
            ("attribute", scope, name), lambda values: values[table][place] if values[table] else ()
        )

    def _for_each_allocation(self, column: int) -> int:
        """The slot of a column of lines with each value repeated for the line's allocations."""
        lines, parts = self.rows("line"), self.rows("allocation")

        def probe(values: Values) -> list[Any]:
            of_lines: list[Any] = values[column]
            if len(of_lines) == len(values[parts]) and all(map(_ALLOCATIONS, values[lines])):
                return of_lines
            return [
                value
                for value, line in zip(of_lines, values[lines], strict=True)
                for _ in line.allocations
            ]

        return self.slot(("repeated", column), probe)

    def weights(self, measure: str) -> int:
        """The slot of what each row adds to a sum."""
        if measure == "line_quantity":
            return self._attribute("line", "quantity")
        if measure == "line_total":
            return self._attribute("line", "total_minor")
        parts, goods = self.rows("allocation"), self._attribute("allocation", "goods_minor")

        def probe(values: Values) -> Sequence[int]:
            basis = values[0].basis
            if basis == "goods":
                of_goods: Sequence[int] = values[goods]
                return of_goods
            return [allocated(part, basis) for part in values[parts]]

        return self.slot(("weights", measure), probe)

    # ── Summaries of columns ────────────────────────────────────────────────────────────────────

    def extreme(self, comparison: Comparison, scope: str, *, highest: bool) -> int:
        """The slot of a column's largest, or smallest, value; None where all are absent."""
        column = self.column(comparison, scope)
        choose = max if highest else min

        def probe(values: Values) -> Any:
            try:
                return choose(values[column], default=None)
            except TypeError:  # some are absent
                present = [value for value in values[column] if value is not None]
                return choose(present, default=None)

        return self.slot(("extreme", comparison.field, comparison.parameter, scope, highest), probe)

    def hits(self, comparison: Comparison, scope: str) -> int:
        """The slot of a column's keys: for each row those that rules ask for and that it has.

        A path has every path above it as well, and of several texts each is a key.
        """
        column = self.column(comparison, scope)
        keys_of_value = self._asked(scope, comparison).__getitem__
        return self.slot(
            ("hits", scope, *_question(comparison)),
            lambda values: list(map(keys_of_value, values[column])),
        )

    def keys_present(self, comparison: Comparison, scope: str) -> int:
        """The slot of those keys that rules ask for and that occur in a column."""
        hits = self.hits(comparison, scope)
        return self.slot(("present", hits), lambda values: set(chain.from_iterable(values[hits])))

    def sums_by(self, measure: str, comparison: Comparison) -> int:
        """The slot of a mapping from the keys that rules ask for to the sum over their rows."""
        scope = "allocation" if measure == "allocation_total" else "line"
        hits, weights = self.hits(comparison, scope), self.weights(measure)

        def probe(values: Values) -> dict[str, Any]:
            sums: dict[str, Any] = {}
            for keys, weight in zip(values[hits], values[weights], strict=True):
                for key in keys:
                    sums[key] = sums.get(key, 0) + weight
            return sums

        return self.slot(("sums", measure, hits), probe)

    # ── What only reasons need ──────────────────────────────────────────────────────────────────

    def numbers(self, scope: str) -> Probe:
        """The line number of each row."""
        if scope == "line":
            return self.later(
                "numbers", lambda values: [line.number for line in values[0].facts.purchase.lines]
            )
        return self.later(
            "numbers of allocations",
            lambda values: [
                line.number for line in values[0].facts.purchase.lines for _ in line.allocations
            ],
        )

    def _asked(self, scope: str, comparison: Comparison) -> _AskedKeys:
        """Which of the keys that rules ask for a value counts for: itself, or paths above it."""
        question = (scope, *_question(comparison))
        keys = self._keys.setdefault(question, _AskedKeys(_keys_function(comparison)))
        keys.ask(keys_of(comparison))
        return keys


class _AskedKeys(dict[Any, tuple[str, ...]]):
    """Of each value met so far, those of its keys that rules ask for."""

    def __init__(self, keys_in: Callable[[Any], Iterable[str]]) -> None:
        super().__init__()
        self._keys_in = keys_in
        self._asked: set[str] = set()

    def ask(self, keys: Iterable[str]) -> None:
        """A rule asks for these keys."""
        self._asked.update(keys)
        self.clear()

    def __missing__(self, value: Any) -> tuple[str, ...]:
        """Found out at the first meeting, and remembered."""
        found = tuple(key for key in self._keys_in(value) if key in self._asked)
        if len(self) > MOST_VALUES:
            self.clear()
        self[value] = found
        return found


def _keys_function(comparison: Comparison) -> Callable[[Any], Iterable[str]]:
    """Which keys a value has: of a path all above it, of several texts each, else itself."""
    if comparison.operator == "within":
        return paths_above
    if FIELDS[comparison.field].kind == "texts":
        return sorted
    return lambda value: (value,)


def _question(comparison: Comparison) -> tuple[object, ...]:
    return comparison.field, comparison.parameter, comparison.operator == "within"


def keys_of(comparison: Comparison) -> tuple[str, ...]:
    """The values that a keyed comparison asks for."""
    value = comparison.value
    if isinstance(value, tuple):
        return tuple(str(key) for key in value)
    return (str(value),)


def rows(context: Context, scope: str) -> Iterator[tuple[Line, Allocation | None]]:
    """The purchase's lines, or all their allocations with their line."""
    if scope == "line":
        for line in context.facts.purchase.lines:
            yield line, None
    else:
        for line in context.facts.purchase.lines:
            for allocation in line.allocations:
                yield line, allocation


def paths_above(path: str) -> tuple[str, ...]:
    """`a/b/c` gives `a`, `a/b`, `a/b/c`."""
    parts = path.split("/")
    return tuple("/".join(parts[: count + 1]) for count in range(len(parts)))
