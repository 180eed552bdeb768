"""Files that are no tables, are too large, or mean two things: each is refused with its reason."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from decimal import Decimal

import pytest

from placet.core.cells import csv_lines, defused, sheet_of
from placet.core.errors import InvalidInput
from placet.imports import reading, workbook
from placet.imports.columns import guess_columns
from placet.imports.kinds import KINDS
from placet.imports.reading import MOST_ROWS, read_file
from placet.imports.values import read_amount, read_day, read_number, show_amount

HEADER = [["code", "name"], ["7001", "Röntgen"]]
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>%s</sheetData></worksheet>"
)


def _with_sheet(xml: str) -> bytes:
    """An XLSX whose only sheet says this."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(sheet_of(HEADER, "x"))) as good,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bad,
    ):
        for part in good.infolist():
            is_sheet = part.filename.startswith("xl/worksheets/sheet")
            bad.writestr(part.filename, xml if is_sheet else good.read(part))
    return packed.getvalue()


REFUSED: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "only blanks": lambda: b"\n\n ,\n",
    "header only": lambda: b"code,name\n,\n",
    "duplicate headers": lambda: b"code,Code\n1,2",
    "ragged": lambda: b"code,name\n1,2,3",
    "NUL": lambda: b"code,name\n1\x00,2",
    "not UTF-8": lambda: "code,name\n1,Röntgen".encode("cp1250"),
    "half of UTF-16": lambda: "code,name\n1,x".encode("utf-16")[:-1],
    "old Excel": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "no XLSX": lambda: b"PK\x03\x04 this is none",
    "a long cell": lambda: b"code,name\n1," + b"x" * 32_768,
    "an unclosed quote": lambda: b'code,name\n"' + b"x\n" * 200_000,
    "too many columns": lambda: b",".join(b"c%d" % n for n in range(61)) + b"\n1",
    "a million rows": lambda: b"code,name\n" + b"1,x\n" * 1_000_000,
    "too large": lambda: b"x" * 10_000_001,
    "a cell at the far corner": lambda: _with_sheet(
        SHEET % '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    ),
    "a far column": lambda: _with_sheet(SHEET % "<row r='1'><c r='xfd1'><v>1</v></c></row>"),
    "a million rows of XLSX": lambda: _with_sheet(SHEET % ("<row/>" * 1_000_000)),
    "a zip bomb": lambda: _with_sheet(SHEET % (" " * 65_000_000)),
}
CODES = {
    "empty": "empty",
    "only blanks": "empty",
    "header only": "header_only",
    "duplicate headers": "duplicate_header",
    "ragged": "ragged",
    "NUL": "nul",
    "not UTF-8": "encoding",
    "half of UTF-16": "encoding",
    "old Excel": "old_excel",
    "no XLSX": "unreadable",
    "a long cell": "cell_too_long",
    "an unclosed quote": "csv",
    "too many columns": "too_many_columns",
    "a million rows": "too_many_rows",
    "too large": "too_large",
    "a cell at the far corner": "too_many_rows",
    "a far column": "too_many_columns",
    "a million rows of XLSX": "too_many_rows",
    "a zip bomb": "unpacks_too_large",
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_file_is_refused_with_its_reason(name: str) -> None:
    content = REFUSED[name]()
    with pytest.raises(InvalidInput) as refused:
        read_file(content)
    assert (refused.value.path, refused.value.code) == ("file", CODES[name])
    assert refused.value.detail.endswith(".")


def test_the_bounds_are_those_of_the_house() -> None:
    assert (reading.LARGEST_FILE, MOST_ROWS) == (10_000_000, 5_000)
    assert workbook.LARGEST_UNPACKED <= 64_000_000


@pytest.mark.parametrize(
    "content",
    [
        "code;name\n7001;Röntgen".encode(),
        "code,name\r\n7001,Röntgen\r\n,\r\n".encode("utf-8-sig"),
        "code\tname\n7001\tRöntgen".encode("utf-16"),
        '\n"code","name"\n 7001 ,"Röntgen"\n'.encode(),
        sheet_of(HEADER, "x"),
        sheet_of([["code", "name"], [7001, "Röntgen"]], "x"),
    ],
)
def test_a_table_is_read_whatever_wrote_it(content: bytes) -> None:
    table = read_file(content)
    assert [table.header, *table.rows] == HEADER


def test_5000_rows_are_read_and_one_more_is_not() -> None:
    rows = [["code"], *([str(n)] for n in range(MOST_ROWS))]
    assert len(read_file("\n".join(code for (code,) in rows).encode()).rows) == MOST_ROWS
    with pytest.raises(InvalidInput, match="5000"):
        read_file(sheet_of([*rows, ["y"]], "x"))


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "'=1"])
def test_an_export_runs_nothing_and_comes_back_as_it_was(cell: str) -> None:
    written = "".join(csv_lines([["code"], [cell]]))
    assert not any(line.startswith(("=", "+", "-", "@")) for line in written.splitlines())
    assert read_file(written.encode()).rows == [[cell if cell != "'=1" else "=1"]]
    assert defused(cell)[0] == "'"


NUMBERS = {
    "1.234,50": "1234.50",
    "1,234.50": "1234.50",
    "1 234,5": "1234.5",
    "1\N{NO-BREAK SPACE}234,50": "1234.50",
    "1'234": "1234",
    "1'234.5": "1234.5",
    "1.234.567": "1234567",
    "1,234,567.8": "1234567.8",
    "1234.5": "1234.5",
    "-3": "-3",
    "0,5": "0.5",
    "1234,500": "1234.500",
    "1.234": None,
    "1,234": None,
    "12.34.56": None,
    "1.234,5,6": None,
    "NaN": None,
    "Infinity": None,
    "1e9": None,
    "0x10": None,
    "١٢": None,
    "": None,
    "9" * 41: None,
    "--1": None,
}


@pytest.mark.parametrize("typed", NUMBERS)
def test_a_number_is_read_in_one_way_or_refused(typed: str) -> None:
    expected = NUMBERS[typed]
    if expected is None:
        with pytest.raises(InvalidInput) as refused:
            read_number("amount", typed)
        assert refused.value.path == "amount"
    else:
        assert read_number("amount", typed) == Decimal(expected)


@pytest.mark.parametrize(
    ("typed", "currency"),
    [("1.005", "EUR"), ("1,5", "JPY"), ("1234,005", "EUR"), ("10000000000000000", "EUR")],
)
def test_an_amount_fits_its_currency(typed: str, currency: str) -> None:
    with pytest.raises(InvalidInput):
        read_amount("amount", typed, currency)
    assert read_amount("amount", "12,5", "EUR") == 1250
    assert read_amount("amount", "12", "JPY") == 12
    assert read_amount("amount", show_amount(12345, "KWD"), "KWD") == 12345


@pytest.mark.parametrize("typed", ["2026-02-30", "31/12/2026", "0000-01-01", "12", "2026-12-31x"])
def test_a_day_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(InvalidInput):
        read_day("ends_on", typed)
    assert read_day("ends_on", "31.12.2026") == read_day("ends_on", "2026-12-31")


def test_headers_are_known_in_both_languages() -> None:
    columns = KINDS["members"].columns
    for header in (
        ["E-mail *", "Name", "Unit", "Roles"],
        ["adres E-MAIL", "Imię i nazwisko", "Jednostka", "Rola"],
        ["email", "name", "unit", "roles"],
    ):
        found = guess_columns(columns, header)
        assert found == {"email": 0, "name": 1, "unit": 2, "roles": 3}
