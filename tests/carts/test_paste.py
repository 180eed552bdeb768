"""Reading what was pasted: plain rows in many spellings, and nothing guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placet.carts.paste import LONGEST_TEXT, MOST_ROWS, TooMuchText, read_rows


@pytest.mark.parametrize(
    "text",
    ["GLV-M 10", "GLV-M\t10", "GLV-M;10", "GLV-M, 10", "GLV-M x 10", "GLV-M × 10", "  GLV-M  10 "],
)
def test_a_row_in_many_spellings(text: str) -> None:
    (row,) = read_rows(text)
    assert (row.sku, row.quantity) == ("GLV-M", 10)


@pytest.mark.parametrize(
    "text",
    ["A 0.5", "A -1", "A 1.234,50", "A 1,234", "A ten", "A 1 2", "A 10000000", "A ١٢", "A 1e3"],
)
def test_a_quantity_is_never_guessed(text: str) -> None:
    (row,) = read_rows(text)
    assert row.quantity == 0


def test_a_sku_alone_is_one() -> None:
    assert [(row.sku, row.quantity) for row in read_rows("GLV-M")] == [("GLV-M", 1)]


def test_headings_blank_rows_and_marks_are_left_out() -> None:
    rows = read_rows("\ufeffSKU;Quantity\r\n\r\nGLV-M;2\r\n\x00\u202e\r\nGLV-S;3")
    assert [(row.number, row.sku, row.quantity) for row in rows] == [
        (3, "GLV-M", 2),
        (5, "GLV-S", 3),
    ]


def test_more_than_anybody_types_is_refused() -> None:
    assert len(read_rows("A 1\n" * MOST_ROWS)) == MOST_ROWS
    for text in ("A 1\n" * (MOST_ROWS + 1), " " * (LONGEST_TEXT + 1)):
        with pytest.raises(TooMuchText):
            read_rows(text)


@given(st.text(max_size=400))
def test_any_text_is_read(text: str) -> None:
    for row in read_rows(text):
        assert 0 <= row.quantity < 10**7
        assert "\x00" not in row.text
