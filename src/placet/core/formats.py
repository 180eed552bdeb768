"""Amounts and instants as people read them, in their language and zone; for all layers."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale, UnknownLocaleError
from babel.dates import format_datetime
from babel.numbers import format_decimal

from placet.policy.money import decimals


def number_text(amount_minor: int, currency: str, language: str) -> str:
    """An amount without its currency: ``3,240.00``; a real minus sign for less than nothing."""
    places = decimals(currency)
    pattern = "#,##0" + ("." + "0" * places if places else "")
    amount = Decimal(amount_minor).scaleb(-places)
    return format_decimal(amount, format=pattern, locale=locale_of(language)).replace("-", "−")


def money_text(amount_minor: int, currency: str, language: str) -> str:
    """An amount with its currency: ``3,240.00 EUR``, held together by a space that never breaks."""
    return f"{number_text(amount_minor, currency, language)}\u00a0{currency}"


def instant_text(at: datetime, language: str, time_zone: str) -> str:
    """A day and a time in the reader's zone: ``Wed 26 Nov, 12:00``."""
    return format_datetime(
        at, "EEE d MMM, HH:mm", tzinfo=zone_of(time_zone), locale=locale_of(language)
    )


def day_text(at: datetime, language: str, time_zone: str) -> str:
    """A day in the reader's zone: ``Mon 30 Nov``."""
    return format_datetime(at, "EEE d MMM", tzinfo=zone_of(time_zone), locale=locale_of(language))


@lru_cache(maxsize=64)
def locale_of(language: str) -> Locale:
    """The locale of a language code; English where it is unknown."""
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


@lru_cache(maxsize=600)
def zone_of(name: str) -> ZoneInfo:
    """The zone of a name; UTC where it is unknown."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
