"""Amounts as people type them: in the manner of their country, and never another amount."""

from __future__ import annotations

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from placet.web.formats import money
from placet.web.typed_numbers import NotANumber, TooManyDecimals, read_amount

EVERYWHERE = {
    "1,234.50": 1_234_50,
    "1.234,50": 1_234_50,
    "1 234,50": 1_234_50,
    "1\N{NO-BREAK SPACE}234,5": 1_234_50,
    "12,5": 12_50,
    "12.50": 12_50,
    "1234": 1_234_00,
    "1,234,567": 1_234_567_00,
    "1.234.567": 1_234_567_00,
    "0": 0,
}
NOWHERE = [
    *("", "x", "1e5", "1_0", "12.345,678", "1,23,456", "1..2", ",", "0,0051", "٣", "NaN"),
    *("1,2.3,4", "9" * 30),
]


@pytest.mark.parametrize("language", ["en", "pl", "de"])
@pytest.mark.parametrize("text", EVERYWHERE)
def test_what_is_clear_is_read_the_same_in_every_language(text: str, language: str) -> None:
    with translation.override(language):
        assert read_amount(text, "EUR") == EVERYWHERE[text]


def test_what_is_not_clear_is_read_as_the_language_writes_it() -> None:
    with translation.override("en"):
        assert read_amount("1,234", "EUR") == 1_234_00
        assert read_amount("1.234", "KWD") == 1_234
    with translation.override("pl"):
        assert read_amount("1.234", "EUR") == 1_234_00
        assert read_amount("1,234", "KWD") == 1_234


@pytest.mark.parametrize("language", ["en", "pl", "de"])
@pytest.mark.parametrize("text", NOWHERE)
def test_what_is_no_amount_is_refused(text: str, language: str) -> None:
    with translation.override(language), pytest.raises((NotANumber, TooManyDecimals)):
        read_amount(text, "EUR")


def test_decimals_are_those_of_the_currency() -> None:
    assert read_amount("1500", "JPY") == 1_500
    with pytest.raises(TooManyDecimals):
        read_amount("15.5", "JPY")


@given(
    st.integers(0, 10**12),
    st.sampled_from(["EUR", "JPY", "KWD"]),
    st.sampled_from(["en", "pl", "de"]),
)
def test_what_we_write_we_read(amount_minor: int, currency: str, language: str) -> None:
    with translation.override(language):
        assert read_amount(money(amount_minor, currency), currency) == amount_minor
