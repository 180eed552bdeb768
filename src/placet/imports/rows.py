"""Rows one after the other through the actions of the product, and what became of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext as _

from placet.core.errors import PlacetError
from placet.core.transaction import transaction
from placet.imports.ground import Ground
from placet.imports.kinds.kind import Cells, Kind, Made
from placet.imports.values import read_texts

# What an action calls a value, where a file calls it otherwise.
COLUMN_OF: Final = {
    "starts_at": "starts_on",
    "ends_at": "ends_on",
    "base_amount": "amount",
    "alert_percents": "alerts",
    "role": "roles",
    "basis_points": "percent",
    "amount_minor": "amount",
    "from_goods_minor": "from_goods",
    "company": "customer",
}
FIRST_ROW: Final = 2


class Row(NamedTuple):
    """A row of the file: its number there (the header is 1) and its cells by our columns."""

    number: int
    cells: Cells


class Entry(NamedTuple):
    """What became of a row. ``refusal`` is a sentence and ``column`` where it belongs, if any."""

    row: Row
    made: Made | None
    column: str = ""
    code: str = ""
    refusal: str = ""

    @property
    def status(self) -> str:
        """``ok``, ``warning`` or ``error``."""
        if self.made is None:
            return "error"
        return "warning" if self.made.warnings else "ok"


class Tried(Exception):
    """Carries what became of the rows out of a transaction that leaves nothing behind."""

    def __init__(self, entries: list[Entry]) -> None:
        super().__init__(len(entries))
        self.entries = entries


def read_rows(columns: Mapping[str, int], rows: Iterable[Sequence[str]]) -> list[Row]:
    """The rows of a file that are not empty, by our columns."""
    return [
        Row(number, {key: cells[place] for key, place in columns.items()})
        for number, cells in enumerate(rows, start=FIRST_ROW)
        if any(cells)
    ]


class Sequenced:
    """The rows of a file in an order in which what others hang on goes first."""

    def __init__(self, kind: Kind, rows: Iterable[Row]) -> None:
        self.kind = kind
        self._first: dict[str, Row] = {}
        self.twice: dict[int, int] = {}
        """The number of a row to that of the row before it which is about the same."""
        found = list(rows)
        for row in found:
            key = kind.key_of(row.cells).casefold()
            if key and self._first.setdefault(key, row) is not row:
                self.twice[row.number] = self._first[key].number
        self.rows: list[Row] = []
        placed: set[int] = set()
        for row in found:
            for one in (*reversed(self.above(row)), row):
                if one.number not in placed:
                    placed.add(one.number)
                    self.rows.append(one)

    def above(self, row: Row) -> list[Row]:
        """The rows that this one hangs on, the nearest first; a circle ends where it began."""
        found: list[Row] = []
        seen = {row.number}
        here: Row | None = row
        while here is not None:
            key = self.kind.above_of(here.cells).casefold()
            here = self._first.get(key) if key else None
            if here is not None and here.number in seen:
                return found
            if here is not None:
                seen.add(here.number)
                found.append(here)
        return found

    def slices(self, size: int) -> Iterator[tuple[list[Row], set[int]]]:
        """So many rows at a time, with those before them that they hang on; and their numbers."""
        for start in range(0, len(self.rows), size):
            part = self.rows[start : start + size]
            numbers = {row.number for row in part}
            needed: dict[int, Row] = {}
            for row in part:
                for one in reversed(self.above(row)):
                    if one.number not in numbers:
                        needed.setdefault(one.number, one)
            yield [*needed.values(), *part], numbers


@transaction
def try_rows(sequenced: Sequenced, rows: Sequence[Row], ground: Ground) -> None:
    """Write rows and take everything back; always raises ``Tried`` with what became of them."""
    entries = write_rows(sequenced, rows, ground)
    if sequenced.kind.write_many is None:
        sequenced.kind.finish(ground)
    raise Tried(entries)


@transaction
def write_rows(sequenced: Sequenced, rows: Sequence[Row], ground: Ground) -> list[Entry]:
    """Write rows; what refuses one row stands in its entry, and the others go on."""
    if sequenced.kind.write_many is not None:
        return _many_written(sequenced, rows, ground)
    return [_written(sequenced, row, ground) for row in rows]


@transaction
def write_all_rows(
    sequenced: Sequenced, ground: Ground, keep: Callable[[list[Entry]], None]
) -> None:
    """Write every row, slice by slice in one transaction; ``keep`` gets what became of each."""
    rows, size = sequenced.rows, sequenced.kind.slice_size
    for start in range(0, len(rows), size):
        keep(write_rows(sequenced, rows[start : start + size], ground))
    sequenced.kind.finish(ground)


def _many_written(sequenced: Sequenced, rows: Sequence[Row], ground: Ground) -> list[Entry]:
    """All that can be read are written together."""
    kind = sequenced.kind
    assert kind.write_many is not None
    found: dict[int, Entry] = {}
    for row in rows:
        refused = _refused_unread(sequenced, row)
        if refused is not None:
            found[row.number] = refused
    readable = [row for row in rows if row.number not in found]
    results = kind.write_many([row.cells for row in readable], ground)
    for row, result in zip(readable, results, strict=True):
        if isinstance(result, PlacetError):
            found[row.number] = refused_entry(kind, row, result)
        else:
            found[row.number] = Entry(row, result)
    return [found[row.number] for row in rows]


def _refused_unread(sequenced: Sequenced, row: Row) -> Entry | None:
    """The entry of a row that stands twice or holds what no column of its kind holds."""
    if row.number in sequenced.twice:
        sentence = _("Row %(row)d is about the same.") % {"row": sequenced.twice[row.number]}
        return Entry(row, None, "", "twice", sentence)
    try:
        read_texts(sequenced.kind.columns, row.cells)
    except PlacetError as error:
        return refused_entry(sequenced.kind, row, error)
    return None


def _written(sequenced: Sequenced, row: Row, ground: Ground) -> Entry:
    kind = sequenced.kind
    refused = _refused_unread(sequenced, row)
    if refused is not None:
        return refused
    try:
        made = kind.write_row(row.cells, ground)
    except PlacetError as error:
        return refused_entry(kind, row, error)
    ground.touched.add(made.id)
    return Entry(row, made)


def refused_entry(kind: Kind, row: Row, error: PlacetError) -> Entry:
    """The entry of a row that was refused, beside the column that the refusal is about."""
    path = str(getattr(error, "path", "")).partition("/")[0]
    path = COLUMN_OF.get(path, path)
    known = {column.key for column in kind.columns}
    return Entry(row, None, path if path in known else "", error.code, str(error.detail))


LONGEST_SHOWN: Final = 160


def as_json(entry: Entry, place: int, *, is_kept: bool = True) -> dict[str, Any]:
    """An entry as the run keeps it; ``place`` is its turn among all rows.

    What an undo needs is left out unless the row ``is_kept``.
    """
    made = entry.made
    messages = (
        [{"column": one.column, "detail": one.sentence} for one in made.warnings]
        if made
        else [{"column": entry.column, "code": entry.code, "detail": entry.refusal}]
    )
    return {
        "row": entry.row.number,
        "name": name_of(entry.row.cells),
        "place": place,
        "status": entry.status,
        "did": made.did if made else "",
        "id": made.id if made else "",
        "version": made.version if made else 0,
        "before": dict(made.before) if made and is_kept else {},
        "changes": [[one.column, _cut(one.was), _cut(one.now)] for one in made.changes]
        if made
        else [],
        "messages": messages,
    }


def name_of(cells: Cells) -> str:
    """What people know a row by: its code, SKU, key, name or address."""
    known = (cells.get(key, "") for key in ("code", "sku", "key", "name", "email", "path"))
    return " · ".join([text[:80] for text in known if text][:2])


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"
