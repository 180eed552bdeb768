"""Cells of exports: a sheet must never run what somebody typed."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import Any

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


def defused(cell: str) -> str:
    """The text, with an apostrophe in front where a program would take it for a formula."""
    return f"'{cell}" if cell.startswith(DANGEROUS) else cell


class _Echo:
    """A file that gives back what is written, so that rows leave one by one."""

    def write(self, text: str) -> str:
        return text


def csv_lines(rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """Rows as lines of CSV, every cell defused; the first line begins with a byte order mark."""
    writer = csv.writer(_Echo())
    yield "\N{ZERO WIDTH NO-BREAK SPACE}"
    for row in rows:
        yield writer.writerow([defused(str(cell)) for cell in row])
