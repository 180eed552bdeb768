"""What people paste and send, and what it is read as; bad files are refused with their reason."""

from __future__ import annotations

import pytest

from placet.core.cells import sheet_of
from placet.core.errors import InvalidInput
from placet.imports.columns import guess_columns
from placet.imports.quick_order.reading import (
    COLUMNS,
    WishedRow,
    digest_of,
    table_of_file,
    table_of_text,
    wished_rows,
)
from placet.imports.reading import Table
from tests.imports.test_bad_files import CODES, REFUSED


def wishes(table: Table) -> list[tuple[str, int]]:
    """SKU and quantity of each row; 0 where none can be read."""
    return [(row.sku, row.quantity) for row in read(table)]


def read(table: Table) -> list[WishedRow]:
    return wished_rows(guess_columns(COLUMNS, table.header), table.rows)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("GLV-M 10", [("GLV-M", 10)]),
        ("GLV-M", [("GLV-M", 1)]),
        ("10 x GLV-M", [("GLV-M", 10)]),
        ("10 × GLV-M", [("GLV-M", 10)]),
        ("10×GLV-M", [("GLV-M", 10)]),
        ("GLV-M x 10", [("GLV-M", 10)]),
        ("GLV-M\t10\tfor the night shift", [("GLV-M", 10)]),
        ("GLV-M;10", [("GLV-M", 10)]),
        ("GLV-M,10", [("GLV-M", 10)]),
        ("SKU\tQty\nGLV-M\t10\n\nGLV-L\t2", [("GLV-M", 10), ("GLV-L", 2)]),
        ("Numer 4711 A\t3", [("Numer 4711 A", 3)]),
        ("\ufeffGLV-M 10\r\nGLV-L 5\r\n", [("GLV-M", 10), ("GLV-L", 5)]),
        ("GLV-M 1.000,00", [("GLV-M", 1000)]),
        ("GLV-M 1,000.0", [("GLV-M", 1000)]),
        ("GLV-M 10.0", [("GLV-M", 10)]),
        ("GLV-M 0", [("GLV-M", 0)]),
        ("GLV-M -1", [("GLV-M", 0)]),
        ("GLV-M 0.5", [("GLV-M", 0)]),
        ("GLV-M 1.000", [("GLV-M", 0)]),
        ("GLV-M NaN", [("GLV-M", 0)]),
        ("GLV-M 1e3", [("GLV-M", 0)]),
        ("GLV-M 1000000000000000000", [("GLV-M", 0)]),
        ("GLV-M ٣", [("GLV-M", 0)]),
        ("GLV\u202e-M 3", [("GLV-M", 3)]),
    ],
)
def test_pasted_rows(text: str, found: list[tuple[str, int]]) -> None:
    assert wishes(table_of_text(text)) == found


@pytest.mark.parametrize("text", ["", "  \n \n", "\x00\n", "SKU qty\n", "x\n" * 5_001])
def test_a_text_without_rows_or_with_too_many_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        table_of_text(text)


@pytest.mark.parametrize(
    "content",
    [
        b"sku,quantity\nGLV-M,10\nGLV-L,2",
        b"Artikel;Menge\nGLV-M;10\nGLV-L;2",
        "\ufeffIlość\tIndeks\n10\tGLV-M\n2\tGLV-L".encode(),
        "sku,quantity\nGLV-M,10\nGLV-L,2".encode("utf-16"),
        b"GLV-M,10\nGLV-L,2",
        sheet_of([["Item", "Qty"], ["GLV-M", 10], ["GLV-L", 2]], "order"),
        sheet_of([["GLV-M", 10], ["GLV-L", 2]], "order"),
    ],
)
def test_files_with_and_without_names_of_columns(content: bytes) -> None:
    assert wishes(table_of_file(content)) == [("GLV-M", 10), ("GLV-L", 2)]


def test_one_row_alone_is_a_file() -> None:
    assert wishes(table_of_file(b"GLV-M;10")) == [("GLV-M", 10)]


@pytest.mark.parametrize("kind", REFUSED)
def test_bad_files_are_refused_with_their_reason(kind: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        table_of_file(REFUSED[kind]())
    assert refused.value.path == "file"
    assert refused.value.code == CODES[kind]


def test_the_same_rows_have_the_same_name_however_they_were_sent() -> None:
    pasted = read(table_of_text("GLV-M 10\nGLV-L 2"))
    assert digest_of(pasted) == digest_of(read(table_of_file(b"sku;qty\nGLV-M;10\nGLV-L;2")))
    assert digest_of(pasted) != digest_of(read(table_of_text("GLV-M 10\nGLV-L 3")))


def test_a_number_that_can_be_read_two_ways_says_so() -> None:
    assert "two ways" in read(table_of_text("GLV-M 1.000"))[0].fault
