"""Amounts, instants and header lines as a person reads them, in their language and zone."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale, UnknownLocaleError
from babel.dates import format_datetime
from babel.numbers import format_decimal

from placet.policy.money import decimals

LONGEST_SUBJECT = 180
SPACE = re.compile(r"\s+")


def number_text(amount_minor: int, currency: str, language: str) -> str:
    """An amount without its currency: ``3,240.00``; a real minus sign for less than nothing."""
    places = decimals(currency)
    pattern = "#,##0" + ("." + "0" * places if places else "")
    amount = Decimal(amount_minor).scaleb(-places)
    return format_decimal(amount, format=pattern, locale=_locale(language)).replace("-", "−")


def money_text(amount_minor: int, currency: str, language: str) -> str:
    """An amount with its currency: ``3,240.00 EUR``, held together by a space that never breaks."""
    return f"{number_text(amount_minor, currency, language)}\u00a0{currency}"


def instant_text(at: datetime, language: str, time_zone: str) -> str:
    """A day and a time in the reader's zone: ``Wed 26 Nov, 12:00``."""
    try:
        zone = ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo("UTC")
    return format_datetime(at, "EEE d MMM, HH:mm", tzinfo=zone, locale=_locale(language))


def header_text(text: str) -> str:
    """One line that a header can hold: no line breaks, no control or direction characters."""
    plain = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in text)
    line = SPACE.sub(" ", plain).strip()
    return line if len(line) <= LONGEST_SUBJECT else line[: LONGEST_SUBJECT - 1] + "…"


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")
