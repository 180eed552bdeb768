"""Reading what somebody pasted: a SKU and a quantity a row. Pure, and bounded by its length."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

MOST_ROWS: Final = 500
LONGEST_ROW: Final = 200
LONGEST_TEXT: Final = 100_000
_SEPARATOR: Final = re.compile(r"[\t;,]|\s+[x×*]\s+|\s+", re.IGNORECASE)
_QUANTITY: Final = re.compile(r"[0-9]{1,7}")
_HEADERS: Final = {"sku", "item", "article", "artikel", "indeks", "product"}


class PastedRow(NamedTuple):
    """A row as it was typed. ``quantity`` is 0 where none could be read; ``sku`` may be empty."""

    number: int
    text: str
    sku: str
    quantity: int


class TooMuchText(Exception):
    """More rows or characters than anybody types."""


def read_rows(text: str) -> list[PastedRow]:
    """The rows that are not empty, numbered as in the text; a first row of headings is left out.

    ``SKU quantity`` separated by blanks, a tab, a comma, a semicolon or ``x``; without a quantity
    it is one. A quantity is a plain whole number: ``0.5``, ``-1`` and ``1.234`` are none.
    """
    if len(text) > LONGEST_TEXT:
        raise TooMuchText
    rows: list[PastedRow] = []
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        row = "".join(letter for letter in line if letter.isprintable() or letter == "\t").strip()
        if not row or (not rows and _SEPARATOR.split(row)[0].casefold() in _HEADERS):
            continue
        rows.append(_read_row(number, row[:LONGEST_ROW]))
    if len(rows) > MOST_ROWS:
        raise TooMuchText
    return rows


def _read_row(number: int, row: str) -> PastedRow:
    words = [word for word in _SEPARATOR.split(row) if word]
    if not words:
        return PastedRow(number, row, "", 0)
    sku, rest = words[0], words[1:]
    if not rest:
        return PastedRow(number, row, sku, 1)
    is_plain = len(rest) == 1 and _QUANTITY.fullmatch(rest[0])
    return PastedRow(number, row, sku, int(rest[0]) if is_plain else 0)
