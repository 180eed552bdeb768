"""What people type becomes the number that they mean, or is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import translation

from placet.web.typed_numbers import (
    NotANumber,
    TooManyDecimals,
    read_amount,
    read_digits,
    read_number,
    show_number,
)


@pytest.mark.parametrize(
    ("typed", "language", "expected"),
    [
        ("1,234.50", "en", "1234.50"),
        ("1.234,50", "en", "1234.50"),
        ("1.234,50", "pl", "1234.50"),
        ("1,234.50", "pl", "1234.50"),
        ("1\N{NO-BREAK SPACE}234,50", "pl", "1234.50"),
        ("1 234 567", "pl", "1234567"),
        ("1,234,567", "pl", "1234567"),
        ("1.234.567,8", "en", "1234567.8"),
        ("1,234", "en", "1234"),
        ("1,234", "pl", "1.234"),
        ("1.234", "en", "1.234"),
        ("1.234", "pl", "1234"),
        ("500,00", "en", "500.00"),
        ("0.5", "pl", "0.5"),
        ("−12", "en", "-12"),
        ("12", "en", "12"),
    ],
)
def test_number(typed: str, language: str, expected: str) -> None:
    with translation.override(language):
        assert read_number(typed) == Decimal(expected)


@pytest.mark.parametrize(
    "typed",
    [
        *("", "abc", "1e5", "NaN", "Infinity", "--1", "1.2.3", "1,23,456.7", "1,234,567.8,9"),
        *("٣", "5x", "1" * 50, "-", ".", ",5,", "1.234,567,890", "0x10", "½"),
    ],
)
@pytest.mark.parametrize("language", ["en", "pl"])
def test_no_number(typed: str, language: str) -> None:
    with translation.override(language), pytest.raises(NotANumber):
        read_number(typed)


def test_amounts_are_exact_in_their_currency() -> None:
    assert read_amount("1,234.5", "EUR") == 1_234_50
    assert read_amount("1234", "JPY") == 1_234
    assert read_amount("1.234", "KWD") == 1_234
    for typed, currency in (("0.001", "EUR"), ("0.5", "JPY"), ("1.2345", "KWD")):
        with pytest.raises(TooManyDecimals):
            read_amount(typed, currency)
    with pytest.raises(NotANumber):
        read_amount("9" * 20, "EUR")


def test_what_is_shown_is_read_again() -> None:
    for language in ("en", "pl"):
        with translation.override(language):
            for text in ("0", "-1.5", "1234.567", "0.000001", "1000000"):
                assert read_number(show_number(Decimal(text))) == Decimal(text)


@pytest.mark.parametrize(
    "typed", ["", " 7", "-7", "7.0", "²", "\N{ARABIC-INDIC DIGIT SEVEN}", "1234"]
)
def test_what_is_no_plain_number_of_so_many_digits_is_taken_otherwise(typed: str) -> None:
    assert read_digits(typed, -1, most=3) == -1
    assert read_digits(typed, None, most=3) is None


def test_plain_digits_are_the_number() -> None:
    assert [read_digits(typed, -1, most=3) for typed in ("0", "007", "123")] == [0, 7, 123]
