"""A file becomes a table of texts, or a sentence that says what is wrong with it.

CSV in UTF-8 or UTF-16, separated by comma, semicolon or tab; XLSX. Everything is bounded before it
is read: bytes, rows, columns, the length of a cell.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from placet.core.cells import restored
from placet.core.errors import InvalidInput
from placet.imports.workbook import read_workbook

LARGEST_FILE: Final = 10_000_000
MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 60
LONGEST_CELL: Final = 32_767
SEPARATORS: Final = (";", ",", "\t")
# Spreadsheets and web pages leave these where people mean a space.
BLANKS: Final = str.maketrans({"\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " "})
ZIP: Final = b"PK\x03\x04"
OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"


class Table(NamedTuple):
    """The header and the rows, each as long as the header; ``lines`` are those of the file."""

    header: list[str]
    rows: list[list[str]]


def read_file(
    content: bytes,
    *,
    is_headed: bool = True,
    most_rows: int = MOST_ROWS,
    largest: int = LARGEST_FILE,
) -> Table:
    """The table in a CSV or XLSX file; raises ``InvalidInput`` on the path ``file``.

    Where ``is_headed`` is false, a first row alone is a table too: its reader knows what it is.
    """
    if len(content) > largest:
        raise _refused(
            "too_large", _("A file has at most %(most)d MB.") % {"most": largest // 1_000_000}
        )
    if content.startswith(OLD_EXCEL):
        raise _refused("old_excel", _("This is an old or a protected Excel file: save it as XLSX."))
    if content.startswith(ZIP):
        return read_table(
            read_workbook(content, most_rows, MOST_COLUMNS),
            is_headed=is_headed,
            most_rows=most_rows,
        )
    return read_csv(_decoded(content), is_headed=is_headed, most_rows=most_rows, largest=largest)


def read_csv(
    text: str,
    *,
    is_headed: bool = True,
    most_rows: int = MOST_ROWS,
    largest: int = LARGEST_FILE,
) -> Table:
    """The table in a text of CSV."""
    if len(text) > largest:
        raise _refused(
            "too_large", _("A file has at most %(most)d MB.") % {"most": largest // 1_000_000}
        )
    rows = _csv_rows(text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}"))
    return read_table(rows, is_headed=is_headed, most_rows=most_rows)


def read_table(
    rows: Iterable[Sequence[str]], *, is_headed: bool = True, most_rows: int = MOST_ROWS
) -> Table:
    """Rows of cells as a table: the first one that is not empty is the header."""
    header: list[str] = []
    found: list[list[str]] = []
    for number, raw in enumerate(rows, start=1):
        cells = [as_read(cell) for cell in raw]
        _check_cells(cells, number)
        if not header:
            header = _checked_header(cells) if any(cells) else []
        elif len(found) == most_rows and any(cells):
            raise _refused(
                "too_many_rows", _("A file has at most %(most)d rows.") % {"most": most_rows}
            )
        elif len(found) < most_rows:
            found.append(_fitted(cells, len(header), number))
    while found and not any(found[-1]):
        found.pop()
    if not header:
        raise _refused("empty", _("This file is empty."))
    if is_headed and not any(map(any, found)):
        raise _refused("header_only", _("This file has a header and no rows below it."))
    return Table(header, found)


def as_read(cell: str) -> str:
    """A cell as rows hold it: without blanks around it, and without what made it harmless."""
    return restored(cell.translate(BLANKS).strip())


def _decoded(content: bytes) -> str:
    encoding = "utf-8-sig"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise _refused(
            "encoding", _("This is neither CSV in UTF-8 or UTF-16 nor an XLSX file.")
        ) from None


def _csv_rows(text: str) -> Iterator[list[str]]:
    if "\x00" in text:
        raise _refused("nul", _("This file holds NUL characters: it is no text."))
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        yield from reader
    except csv.Error:
        raise _refused(
            "csv", _("Line %(line)d cannot be read as CSV.") % {"line": reader.line_num}
        ) from None


def _checked_header(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    if len(cells) > MOST_COLUMNS:
        raise _refused(
            "too_many_columns", _("A file has at most %(most)d columns.") % {"most": MOST_COLUMNS}
        )
    seen: set[str] = set()
    for cell in cells:
        if cell and cell.casefold() in seen:
            raise _refused(
                "duplicate_header", _("Two columns are called “%(name)s”.") % {"name": cell}
            )
        seen.add(cell.casefold())
    return cells


def _fitted(cells: list[str], width: int, number: int) -> list[str]:
    """The row as long as the header; more cells than the header names are refused."""
    if any(cells[width:]):
        raise _refused(
            "ragged",
            _("Row %(row)d has more cells than the header has names.") % {"row": number},
        )
    return cells[:width] + [""] * (width - len(cells))


def _check_cells(cells: list[str], number: int) -> None:
    if any(len(cell) > LONGEST_CELL for cell in cells):
        raise _refused(
            "cell_too_long",
            _("A cell of row %(row)d has more than %(most)d characters.")
            % {"row": number, "most": LONGEST_CELL},
        )
    if any("\x00" in cell for cell in cells):
        raise _refused("nul", _("This file holds NUL characters: it is no text."))


def _refused(code: str, sentence: str) -> InvalidInput:
    return InvalidInput("file", code, sentence)
