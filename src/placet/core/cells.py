"""Cells of exports: a sheet must never run what somebody typed."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter

LONGEST_CELL = 32_767
LARGEST_NUMBER = 10**13  # beyond it a sheet's numbers are no longer exact to the cent
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


def defused(cell: str) -> str:
    """The text, with an apostrophe in front where a program would take it for a formula."""
    return f"'{cell}" if cell.startswith(DANGEROUS) else cell


def restored(cell: str) -> str:
    """What ``defused`` was given: a cell that comes back in says again what it said."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(DANGEROUS) else cell


class _Echo:
    """A file that gives back what is written, so that rows leave one by one."""

    def write(self, text: str) -> str:
        return text


def csv_lines(rows: Iterable[Iterable[Any]], delimiter: str = ",") -> Iterator[str]:
    """Rows as lines of CSV, every cell defused; the first line begins with a byte order mark."""
    writer = csv.writer(_Echo(), delimiter=delimiter)
    yield "\N{ZERO WIDTH NO-BREAK SPACE}"
    for row in rows:
        yield writer.writerow([defused(str(cell)) for cell in row])


def sheet_of(rows: Iterable[Iterable[Any]], title: str) -> bytes:
    """Rows as one XLSX sheet with a fixed, bold first row; text stays text and is never run.

    Numbers are written as numbers. Rows leave memory one by one; the file itself does not.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / "sheet.xlsx"
        safe = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(path, safe | {"tmpdir": folder}) as book:
            sheet = book.add_worksheet(title[:31])
            bold = book.add_format({"bold": True})
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    _write(sheet, number, column, cell, None if number else bold)
            sheet.freeze_panes(1, 0)
        return path.read_bytes()


def _write(sheet: Any, row: int, column: int, cell: Any, style: Any) -> None:
    is_number = isinstance(cell, int | Decimal) and not isinstance(cell, bool)
    if is_number and abs(cell) < LARGEST_NUMBER:
        sheet.write_number(row, column, cell, style)
    else:
        sheet.write_string(row, column, str(cell)[:LONGEST_CELL], style)
