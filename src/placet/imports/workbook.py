"""The first sheet of an XLSX file as rows of texts, without trusting the file.

An XLSX is a ZIP of XML. A few kilobytes can unpack to gigabytes, and one cell at the far corner
makes a reader reserve the whole sheet; so every part is unpacked by hand up to a bound, and the
places of its cells are looked at, before the reader gets it.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from typing import Any, Final

from django.utils.translation import gettext as _
from python_calamine import CalamineWorkbook

from placet.core.errors import InvalidInput

LARGEST_UNPACKED: Final = 64_000_000
MOST_PARTS: Final = 500
FEWEST_SPARE_ROWS: Final = 1_000
"""So many rows more than allowed may be there: programs keep empty rows that were formatted."""
PLACE: Final = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{0,9})(\d{1,12})["']""")
ROW: Final = re.compile(rb"<(?:\w+:)?row[\s/>]")
SLICE: Final = 1 << 20


def read_workbook(content: bytes, most_rows: int, most_columns: int) -> Iterator[list[str]]:
    """The rows of the first sheet, empty ones included; raises ``InvalidInput``."""
    checked = _packed_anew(content, most_rows + FEWEST_SPARE_ROWS, most_columns)
    try:
        book = CalamineWorkbook.from_filelike(checked)
        sheet = book.get_sheet_by_index(0)
        for row in sheet.to_python(skip_empty_area=False):
            yield [_text(cell) for cell in row]
    except InvalidInput:
        raise
    except Exception:
        # The reader has a family of errors of its own, one for each way to break a file.
        raise _unreadable() from None


def _packed_anew(content: bytes, most_rows: int, most_columns: int) -> io.BytesIO:
    """The parts that hold cells, unpacked and checked: the reader meets nothing else."""
    left, checked = LARGEST_UNPACKED, io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(checked, "w") as kept:
            parts = [one for one in archive.infolist() if one.filename.endswith((".xml", ".rels"))]
            if len(parts) > MOST_PARTS:
                raise _bomb()
            for part in parts:
                text = _unpacked(archive, part, left)
                left -= len(text)
                if b"sheetData" in text or b"\x00" in text:
                    _check_places(text, most_rows, most_columns)
                kept.writestr(part.filename, text)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
        raise _unreadable() from None
    checked.seek(0)
    return checked


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo, most: int) -> bytes:
    """One part, whatever size it claims to have; raises ``InvalidInput`` beyond ``most``."""
    if part.file_size > most:
        raise _bomb()
    found = []
    size = 0
    with archive.open(part) as stream:
        while chunk := stream.read(SLICE):
            size += len(chunk)
            if size > most:
                raise _bomb()
            found.append(chunk)
    return b"".join(found)


def _check_places(text: bytes, most_rows: int, most_columns: int) -> None:
    if b"\x00" in text:
        raise _unreadable()
    if next(islice(ROW.finditer(text), most_rows, None), None) is not None:
        raise _too_many(most_rows)
    for found in PLACE.finditer(text):
        letters, number = found.groups()
        if int(number) > most_rows:
            raise _too_many(most_rows)
        if letters and _column(letters) > most_columns:
            raise InvalidInput(
                "file",
                "too_many_columns",
                _("A file has at most %(most)d columns.") % {"most": most_columns},
            )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _text(cell: Any) -> str:
    """A cell as it would be typed: days as 2026-11-24, numbers with a point and no groups."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else f"{Decimal(repr(cell)):f}"
    if isinstance(cell, datetime.datetime):
        is_day = cell.time() == datetime.time()
        return cell.date().isoformat() if is_day else cell.isoformat(" ")
    return str(cell)


def _too_many(most_rows: int) -> InvalidInput:
    return InvalidInput(
        "file",
        "too_many_rows",
        _("A file has at most %(most)d rows.") % {"most": most_rows - FEWEST_SPARE_ROWS},
    )


def _bomb() -> InvalidInput:
    return InvalidInput("file", "unpacks_too_large", _("This file unpacks to more than 64 MB."))


def _unreadable() -> InvalidInput:
    return InvalidInput("file", "unreadable", _("This XLSX file is damaged or protected."))
