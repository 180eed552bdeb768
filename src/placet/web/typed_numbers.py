"""Amounts and numbers as people type them: "1.234,50", "1,234.50", "1 234,5".

Where both signs occur the last one separates the decimals. Where only one does, it is read as the
reader's language reads it, unless that is impossible: "500,00" is no group of thousands anywhere.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TypeVar

from babel.numbers import get_decimal_symbol

from placet.policy.money import LARGEST_AMOUNT_MINOR, decimals
from placet.web.formats import reader_locale

MINUSES = str.maketrans("−–", "--")
GROUPED = re.compile(r"-?\d{1,3}([.,'])\d{3}(?:\1\d{3})*")
PLAIN = re.compile(r"-?\d+(?:\.\d+)?")
Otherwise = TypeVar("Otherwise", int, None)


class NotANumber(ValueError):
    """What was typed is no number that people of this language write."""


class TooManyDecimals(ValueError):
    """The currency has no such small unit; ``places`` is how many decimals it has."""

    def __init__(self, places: int) -> None:
        super().__init__(f"at most {places} decimals")
        self.places = places


def read_digits(typed: str, otherwise: Otherwise, *, most: int = 9) -> int | Otherwise:
    """The whole number of at most ``most`` plain digits, as addresses and forms carry them."""
    is_plain = typed.isascii() and typed.isdecimal() and len(typed) <= most
    return int(typed) if is_plain else otherwise


def read_number(typed: str) -> Decimal:
    """The number that was typed, exactly; raises ``NotANumber``."""
    text = "".join(typed.split()).translate(MINUSES)
    whole, sign, fraction = _cut(text)
    if sign and not fraction.isdecimal():
        raise NotANumber(typed)
    if not whole.lstrip("-").isdecimal():
        grouped = GROUPED.fullmatch(whole)
        if grouped is None or grouped.group(1) == sign:
            raise NotANumber(typed)
        whole = re.sub(r"[.,']", "", whole)
    plain = f"{whole}.{fraction}" if sign else whole
    if not PLAIN.fullmatch(plain) or not plain.isascii() or len(plain) > 40:
        raise NotANumber(typed)
    return Decimal(plain)


def read_amount(typed: str, currency: str) -> int:
    """The amount in minor units; raises ``NotANumber`` and ``TooManyDecimals``."""
    scaled = read_number(typed).scaleb(decimals(currency))
    if scaled != scaled.to_integral_value():
        raise TooManyDecimals(decimals(currency))
    if abs(scaled) > LARGEST_AMOUNT_MINOR:
        raise NotANumber(typed)
    return int(scaled)


def show_number(number: Decimal | int) -> str:
    """The number for a field, as the reader's language writes decimals and without groups."""
    return f"{number:f}".replace(".", get_decimal_symbol(reader_locale()))


def _cut(text: str) -> tuple[str, str, str]:
    """What stands before the decimal sign, the sign, and what stands behind it."""
    last = max(text.rfind("."), text.rfind(","))
    if last < 0:
        return text, "", ""
    sign, whole, fraction = text[last], text[:last], text[last + 1 :]
    has_both = "." in text and "," in text
    is_group = not has_both and (
        text.count(sign) > 1 or (sign != get_decimal_symbol(reader_locale()) and len(fraction) == 3)
    )
    return (text, "", "") if is_group else (whole, sign, fraction)
