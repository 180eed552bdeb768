"""What was pasted or sent as a table, and its rows as wishes. Nothing here asks the database."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.core.errors import InvalidInput
from placet.imports.columns import Column, folded
from placet.imports.reading import MOST_ROWS, Table, read_file
from placet.imports.values import read_number

FILE_KIND: Final = "quick_order"
LONGEST_TEXT: Final = 1_000_000
LONGEST_SKU: Final = 64
LARGEST: Final = 1_000_000
TIMES: Final = re.compile(r"(\d{1,7})\s*[x×*]\s+(\S.*)|(\d{1,7})\s*[×*]\s*(\S.*)", re.IGNORECASE)
BEHIND: Final = re.compile(r"(\S+)(?:\s+[x×*])?\s+(\S+)", re.IGNORECASE)
CELLS: Final = re.compile(r"[\t;]")

COLUMNS: Final = (
    Column(
        "sku",
        gettext_lazy("SKU"),
        gettext_lazy("Or your own part number"),
        True,
        LONGEST_SKU,
        (
            *("item", "article", "part number", "item number", "product", "code", "material"),
            *("indeks", "kod", "numer", "symbol", "artikel", "artikelnummer"),
        ),
    ),
    Column(
        "quantity",
        gettext_lazy("Quantity"),
        "",
        False,
        40,
        ("qty", "amount", "pieces", "count", "ilość", "sztuk", "szt", "menge", "anzahl"),
    ),
    Column("note", gettext_lazy("Note"), "", False, 400, ("remark", "uwagi", "comment")),
)


class WishedRow(NamedTuple):
    """A row as it was sent. ``quantity`` is 0 where ``fault`` says why none could be read."""

    number: int
    sku: str
    typed: str
    quantity: int
    note: str
    fault: str = ""


def table_of_text(text: str) -> Table:
    """Pasted rows as a table: ``SKU 10``, ``10 x SKU``, or cells between tabs or semicolons.

    Raises ``InvalidInput`` on the path ``text``.
    """
    if len(text) > LONGEST_TEXT:
        raise InvalidInput("text", "too_long", _("This text is too long: send it as a file."))
    lines = [_printable(line) for line in text.removeprefix("\ufeff").splitlines()]
    rows = [_cells_of(line) for line in lines]
    while rows and not any(rows[-1]):
        rows.pop()
    if rows and _is_header(rows[0]):
        rows = rows[1:]
    if not any(map(any, rows)):
        raise InvalidInput("text", "empty", _("Paste a SKU and a quantity in each row."))
    if len(rows) > MOST_ROWS:
        raise InvalidInput(
            "text", "too_many_rows", _("A file has at most %(most)d rows.") % {"most": MOST_ROWS}
        )
    return Table(["sku", "quantity", "note"], rows)


def table_of_file(content: bytes) -> Table:
    """A CSV or XLSX file as a table; a first row that is none of names is a row like the others."""
    table = read_file(content, is_headed=False)
    if _is_header(table.header) or not _is_row(table.header):
        if not any(map(any, table.rows)):
            raise InvalidInput(
                "file", "header_only", _("This file has a header and no rows below it.")
            )
        return table
    names = ["sku", "quantity", "note"][: len(table.header)]
    names += [str(place) for place in range(4, len(table.header) + 1)]
    return Table(names, [table.header, *table.rows])


def wished_rows(columns: Mapping[str, int], table: Sequence[Sequence[str]]) -> list[WishedRow]:
    """The rows that are not empty, by our columns and numbered from 1."""
    return [
        _wished(number, {key: cells[place] for key, place in columns.items() if place < len(cells)})
        for number, cells in enumerate(table, start=1)
        if any(cells)
    ]


def digest_of(rows: Iterable[WishedRow]) -> str:
    """Names what is wished, whatever the file is called and however it is laid out."""
    wishes = [[row.sku, row.typed] for row in rows]
    return hashlib.sha256(json.dumps(wishes, ensure_ascii=False).encode()).hexdigest()


def _wished(number: int, cells: Mapping[str, str]) -> WishedRow:
    sku = _printable(cells.get("sku", "")).strip()
    typed = cells.get("quantity", "").strip()
    note = _printable(cells.get("note", "")).strip()[:400]
    if not sku:
        return WishedRow(number, "", typed, 0, note, _("There is no SKU in this row."))
    if len(sku) > LONGEST_SKU:
        return WishedRow(number, sku[:LONGEST_SKU], typed, 0, note, _("This SKU is too long."))
    try:
        quantity = _quantity(typed)
    except InvalidInput as error:
        return WishedRow(number, sku, typed[:40], 0, note, str(error.detail))
    return WishedRow(number, sku, typed, quantity, note)


def _quantity(typed: str) -> int:
    """A whole number from 1 to a million; nothing typed is one."""
    if not typed:
        return 1
    number = read_number("quantity", typed)
    if number != number.to_integral_value():
        raise InvalidInput("quantity", "whole", _("Only whole packs can be ordered."))
    if not 1 <= number <= LARGEST:
        raise InvalidInput("quantity", "range", _("A quantity is 1 to 1,000,000."))
    return int(number)


def _cells_of(line: str) -> list[str]:
    if not line.strip():
        return ["", "", ""]
    cells = CELLS.split(line) if CELLS.search(line) else _words_of(line)
    return [cell.strip()[:400] for cell in (*cells, "", "")[:3]]


def _words_of(line: str) -> list[str]:
    times = TIMES.fullmatch(line)
    if times:
        return [times.group(2) or times.group(4), times.group(1) or times.group(3)]
    if line.count(",") == 1 and " " not in line.partition(",")[0]:
        return [part.strip() for part in line.split(",")]
    behind = BEHIND.fullmatch(line)
    return [behind.group(1), behind.group(2)] if behind else [line]


def _printable(text: str) -> str:
    kept = (letter for letter in text if letter.isprintable() or letter == "\t")
    return "".join(kept).strip(" ")


def _is_header(cells: Sequence[str]) -> bool:
    """Whether a cell is the name of the column that holds the SKU."""
    names = {folded(name) for name in ("sku", *COLUMNS[0].names)}
    return any(folded(cell) in names for cell in cells if cell)


def _is_row(cells: Sequence[str]) -> bool:
    """Whether it reads as a SKU and a quantity, so that it names no columns."""
    return len(cells) == 1 or any(cell.isascii() and cell.isdecimal() for cell in cells[1:3])
