"""What is computed once per purchase and shared by all rules of a rulebook.

A probe is one value that several rules ask for: a field of the purchase, a field's column over all
lines, the rows of each category, the sum of each cost centre. It is computed for the first rule
that asks, so fifty rules on ten lines walk the lines a few times and not fifty times.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any, Final

from placet.policy.conditions import Comparison
from placet.policy.facts import Allocation, Line
from placet.policy.fields import FIELDS
from placet.policy.readers import Context, allocated

Values = list[Any]
"""The context, the columns of the lines, those of their allocations, then a place for each probe:
its value, or None while nobody asked for it."""

Read = Callable[[Values], Any]
KeysIn = Callable[[Any], Iterable[str]]

_LINES: Final = 1
_PARTS: Final = _LINES + len(Line._fields)
_RESERVED: Final = _PARTS + len(Allocation._fields)
_ALLOCATIONS: Final = _LINES + Line._fields.index("allocations")
_NO_LINES: Final[list[tuple[Any, ...]]] = [()] * len(Line._fields)
_NO_PARTS: Final[list[tuple[Any, ...]]] = [()] * len(Allocation._fields)

MOST_VALUES: Final = 10_000
"""So many categories, ship-tos or products are remembered with the keys that they count for."""


class Probes:
    """Collects the probes of a rulebook while its rules are compiled; equal ones share a place."""

    def __init__(self) -> None:
        self._known: dict[Hashable, Read] = {}
        self._behind: dict[Read, tuple[int, Read]] = {}
        self._always: list[Read] = []
        self._attributes: dict[int, Read] = {}
        self._columns: dict[Read, int] = {}
        self._asked_keys: dict[Hashable, set[str]] = {}
        self._scopes: set[str] = set()

    def shared(self, key: Hashable, compute: Read) -> Read:
        """The reader of a value that is computed once per purchase, when it is first asked for.

        (A value that is None is computed again; only fields of the purchase can be absent.)
        """
        known = self._known.get(key)
        if known is not None:
            return known
        place = len(self._known) + _RESERVED

        def read(values: Values) -> Any:
            found = values[place]
            if found is None:
                found = values[place] = compute(values)
            return found

        self._known[key] = read
        self._behind[read] = place, compute
        return read

    def place(self, read: Read) -> int | None:
        """The place of an attribute of the rows, which is there from the start."""
        return self._columns.get(read)

    def behind(self, read: Read) -> tuple[int | None, Read]:
        """The place of a shared value, and what computes it; a column of the rows has no place."""
        return self._behind.get(read, (None, read))

    def values(self, context: Context) -> Values:
        """The places for a purchase. Raises `MissingFact` and `NoRate` where a history lacks."""
        lines = context.facts.purchase.lines if self._scopes else ()
        values: Values = [context, *(zip(*lines) if lines else _NO_LINES)]  # noqa: B905 - equally long
        parts = tuple(chain.from_iterable(values[_ALLOCATIONS]))
        values += zip(*parts) if parts else _NO_PARTS  # noqa: B905 - equally long
        values += [None] * len(self._known)
        for read in self._always:
            read(values)
        return values

    # ── What they look at ───────────────────────────────────────────────────────────────────────

    def field(self, key: str, parameter: str | int | None) -> Read:
        """A field of the purchase."""
        read = FIELDS[key].read
        if parameter is None:
            return self.shared((key, None), lambda values: read(values[0]))
        return self._of_history(
            key, self.shared((key, parameter), lambda values: read(values[0], parameter))
        )

    def _of_history(self, field: str, read: Read) -> Read:
        """Sums of the past are read for every purchase, so that one that lacks is always noticed.

        Whether the facts are complete must not depend on which rules happen to be visited.
        """
        if FIELDS[field].parameter in ("days", "period") and read not in self._always:
            self._always.append(read)
        return read

    def count(self, scope: str) -> Read:
        """How many rows there are: lines, or all their allocations."""
        first = self._attribute(scope, "quantity")
        return lambda values: len(first(values))

    def _rows(self, scope: str) -> Read:
        """The lines themselves, or all their allocations."""
        if scope == "line":
            return lambda values: values[0].facts.purchase.lines
        parts_of_lines = self._attribute("line", "allocations")
        return self.shared(
            "allocations", lambda values: list(chain.from_iterable(parts_of_lines(values)))
        )

    def column(self, comparison: Comparison, scope: str) -> Read:
        """A field's values over the rows: lines, or allocations in their lines."""
        field, parameter = FIELDS[comparison.field], comparison.parameter
        if field.attribute:
            own = self._attribute(field.scope, field.attribute)
        elif field.read_column is not None:
            read_all = field.read_column
            of_rows = [self._attribute(field.scope, name) for name in field.columns]
            own = self.shared(
                ("own", comparison.field), lambda values: read_all(*[of(values) for of in of_rows])
            )
        else:
            read, more = field.read, () if parameter is None else (parameter,)
            own_rows = self._rows(field.scope)
            own = self.shared(
                ("own", comparison.field, parameter),
                lambda values: [read(row, values[0], *more) for row in own_rows(values)],
            )
            self._of_history(comparison.field, own)
        if scope == field.scope:
            return own
        return self._for_each_allocation(("repeated", comparison.field, parameter), own)

    def _attribute(self, scope: str, name: str) -> Read:
        """One attribute of all rows: all of them are turned into columns at once."""
        self._scopes.add(scope)
        of_lines = scope == "line"
        table, fields = (_LINES, Line._fields) if of_lines else (_PARTS, Allocation._fields)
        place = table + fields.index(name)
        read = self._attributes.setdefault(place, itemgetter(place))
        self._columns[read] = place
        return read

    def _for_each_allocation(self, key: Hashable, column: Read) -> Read:
        """A column of lines with each value repeated for the line's allocations."""
        parts_of_lines = self._attribute("line", "allocations")
        return self.shared(
            key,
            lambda values: [
                value
                for value, parts in zip(column(values), parts_of_lines(values), strict=True)
                for _ in parts
            ],
        )

    def weights(self, measure: str) -> Read:
        """What each row adds to a sum."""
        if measure == "line_quantity":
            return self._attribute("line", "quantity")
        if measure == "line_total":
            return self._attribute("line", "total_minor")
        parts, goods = self._rows("allocation"), self._attribute("allocation", "goods_minor")

        def compute(values: Values) -> Sequence[int]:
            basis = values[0].basis
            if basis == "goods":
                of_goods: Sequence[int] = goods(values)
                return of_goods
            return [allocated(part, basis) for part in parts(values)]

        return self.shared(("weights", measure), compute)

    def numbers(self, scope: str) -> Read:
        """The line number of each row."""
        of_lines = self._attribute("line", "number")
        return of_lines if scope == "line" else self._for_each_allocation("numbers", of_lines)

    # ── Summaries of columns ────────────────────────────────────────────────────────────────────

    def extreme(self, comparison: Comparison, scope: str) -> Read:
        """A column's largest value; None where all are absent."""
        column = self.column(comparison, scope)

        def compute(values: Values) -> Any:
            of_rows = column(values)
            try:
                return max(of_rows) if of_rows else None
            except TypeError:  # some are absent
                return max((value for value in of_rows if value is not None), default=None)

        return self.shared(("extreme", comparison.field, comparison.parameter, scope), compute)

    def occurring(self, comparison: Comparison, scope: str) -> Read:
        """The keys that occur in a column, at least those that rules ask for."""
        if comparison.operator == "within":
            return self.rows_by_key(comparison, scope)
        column = self.column(comparison, scope)
        key = ("occurring", scope, *_question(comparison))
        if FIELDS[comparison.field].kind == "texts":
            return self.shared(key, lambda values: set().union(*column(values)))
        return self.shared(key, lambda values: set(column(values)))

    def rows_by_key(self, comparison: Comparison, scope: str) -> Read:
        """A mapping from the keys that rules ask for, and that occur, to their rows, ascending."""
        column = self.column(comparison, scope)
        keys_of_value = self._asked(scope, comparison).__getitem__

        def compute(values: Values) -> dict[str, list[int]]:
            found: dict[str, list[int]] = {}
            for row, keys in enumerate(map(keys_of_value, column(values))):
                if keys:
                    for key in keys:
                        if key in found:
                            found[key].append(row)
                        else:
                            found[key] = [row]
            return found

        return self.shared(("rows by key", scope, *_question(comparison)), compute)

    def sums_by_key(self, measure: str, comparison: Comparison) -> Read:
        """A mapping from keys that occur, at least those that rules ask for, to their sums."""
        scope = "allocation" if measure == "allocation_total" else "line"
        column, weights = self.column(comparison, scope), self.weights(measure)
        keys_of_value = self._asked(scope, comparison).__getitem__
        key = ("sums", measure, *_question(comparison))
        if keys_in_value(comparison) is _itself:
            return self.shared(key, lambda values: _summed(column(values), weights(values)))

        def compute(values: Values) -> dict[str, Any]:
            sums: dict[str, Any] = {}
            keys_of_rows = map(keys_of_value, column(values))
            for keys, weight in zip(keys_of_rows, weights(values), strict=True):
                for key in keys:
                    sums[key] = sums.get(key, 0) + weight
            return sums

        return self.shared(key, compute)

    def _asked(self, scope: str, comparison: Comparison) -> Remembered:
        """Which of the keys that rules ask for a value counts for: itself, or paths above it."""
        asked = self._asked_keys.setdefault((scope, *_question(comparison)), set())
        asked.update(keys_of(comparison))
        keys_in = keys_in_value(comparison)
        return Remembered(lambda value: tuple(key for key in keys_in(value) if key in asked))


def _summed(keys: Sequence[str], weights: Sequence[Any]) -> dict[str, Any]:
    """The sum of each key's weights; where each occurs once, that is what stands beside it."""
    sums: dict[str, Any] = dict(zip(keys, weights))  # noqa: B905 - columns of the same rows
    if len(sums) < len(keys):
        sums = dict.fromkeys(sums, 0)
        for key, weight in zip(keys, weights, strict=True):
            sums[key] += weight
    return sums


class Remembered(dict[Any, tuple[Any, ...]]):
    """What follows from a value, found out at the first meeting and remembered."""

    def __init__(self, find: Callable[[Any], tuple[Any, ...]]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, value: Any) -> tuple[Any, ...]:
        found = self._find(value)
        if len(self) > MOST_VALUES:
            self.clear()
        self[value] = found
        return found


def keys_in_value(comparison: Comparison) -> KeysIn:
    """Which keys a value has: of a path all above it, of several texts each, else itself."""
    if comparison.operator == "within":
        return paths_above
    return sorted if FIELDS[comparison.field].kind == "texts" else _itself


def _itself(value: str) -> tuple[str]:
    return (value,)


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
