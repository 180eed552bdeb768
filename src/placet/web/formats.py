"""How amounts, instants and people are written for whoever reads: by language and time zone."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from django.utils.translation import get_language, gettext, ngettext

from placet.policy.money import decimals

MINUS = "−"
AVATAR_COLORS = 5


@lru_cache(maxsize=32)
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError):
        return Locale("en")


def reader_locale() -> Locale:
    """The locale of the active language; English where there is none."""
    return _locale(get_language() or "en")


def money(amount_minor: int, currency: str) -> str:
    """`324000` of EUR is "3,240.00": grouped and with the decimals of its currency."""
    places = decimals(currency)
    pattern = "#,##0" + ("." + "0" * places if places else "")
    number = Decimal(amount_minor).scaleb(-places)
    written = format_decimal(abs(number), format=pattern, locale=reader_locale())
    return f"{MINUS}{written}" if amount_minor < 0 else written


def money_currency(amount_minor: int, currency: str) -> str:
    """As `money`, with the code: "3,240.00 EUR"; the space does not break."""
    return f"{money(amount_minor, currency)}\N{NO-BREAK SPACE}{currency}"


def money_signed(amount_minor: int, currency: str) -> str:
    """A difference: "+34.60", "−125.00", "0.00"."""
    return f"{'+' if amount_minor > 0 else ''}{money(amount_minor, currency)}"


def number(value: int | Decimal) -> str:
    """A count, grouped: "1,644"."""
    return str(format_decimal(value, locale=reader_locale())).replace("-", MINUS)


def percent(share: Decimal | float, places: int = 0) -> str:
    """`0.947` is "95 %": a share of one, with the space that the language writes."""
    scaled = format_decimal(
        Decimal(str(share)) * 100,
        format="0" + ("." + "0" * places if places else ""),
        locale=reader_locale(),
    )
    return f"{scaled.replace('-', MINUS)}\N{NO-BREAK SPACE}%"


def initials(name: str) -> str:
    """ "Lena Vogt" is "LV", "Kim" is "K", "Ana de la Cruz" is "AC"."""
    words = [word for word in name.split() if word[0].isalnum()]
    if not words:
        return "?"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def avatar_color(name: str) -> int:
    """One of five quiet grounds, 0 to 4: always the same for the same name."""
    # Any byte of the digest would do; Python's own hash() differs from process to process.
    return hashlib.sha256(name.encode()).digest()[24] % AVATAR_COLORS


def when(instant: datetime, *, now: datetime, zone: tzinfo = UTC) -> str:
    """An instant as people say it: "today 09:10", "Wed 26 Nov, 12:00", "26 Nov 2024, 12:00"."""
    local, today = instant.astimezone(zone), now.astimezone(zone).date()
    clock = format_datetime(local, "HH:mm", locale=reader_locale())
    match (local.date() - today).days:
        case 0:
            return gettext("today %(clock)s") % {"clock": clock}
        case -1:
            return gettext("yesterday %(clock)s") % {"clock": clock}
        case 1:
            return gettext("tomorrow %(clock)s") % {"clock": clock}
        case _:
            return f"{day(local.date(), today=today)}, {clock}"


def day(on: date, *, today: date) -> str:
    """A date: "Fri 28 Nov", with the year where it is another one than today's."""
    near = on.year == today.year or abs((on - today).days) < 60
    pattern = "EEE d MMM" if near else "d MMM y"
    return str(format_date(on, pattern, locale=reader_locale()))


def since(instant: datetime, *, now: datetime, zone: tzinfo = UTC) -> str:
    """How long ago, while it is fresh: "20 s ago", "3 min ago", "2 h ago"; then as `when`."""
    passed = now - instant
    if passed < timedelta(seconds=60):
        seconds = max(0, int(passed.total_seconds()))
        return ngettext("%(n)s s ago", "%(n)s s ago", seconds) % {"n": seconds}
    if passed < timedelta(hours=1):
        minutes = int(passed.total_seconds() // 60)
        return ngettext("%(n)s min ago", "%(n)s min ago", minutes) % {"n": minutes}
    if passed < timedelta(hours=12):
        hours = int(passed.total_seconds() // 3600)
        return ngettext("%(n)s h ago", "%(n)s h ago", hours) % {"n": hours}
    return when(instant, now=now, zone=zone)
