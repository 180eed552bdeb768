"""What a cell says: choices, numbers, days, lists. A cell that can be read two ways is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from placet.core.errors import InvalidInput
from placet.imports.columns import Column, folded
from placet.policy.money import LARGEST_AMOUNT_MINOR, decimals

GROUPED: Final = re.compile(r"[+-]?\d{1,3}([.,' ])\d{3}(?:\1\d{3})*(?:[.,]\d+)?")
DAY: Final = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)", re.ASCII)
GERMAN_DAY: Final = re.compile(r"(?P<day>\d\d?)\.(?P<month>\d\d?)\.(?P<year>\d{4})", re.ASCII)
PLAIN: Final = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
BLANKS: Final = str.maketrans({"\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " "})


def read_texts(columns: Sequence[Column], cells: Mapping[str, str]) -> None:
    """Refuse what is missing, too long or not printable; raises ``InvalidInput``."""
    for column in columns:
        text = cells.get(column.key, "")
        if column.is_required and not text:
            raise InvalidInput(column.key, "required", _("Please fill this in."))
        if len(text) > column.longest:
            raise InvalidInput(
                column.key,
                "too_long",
                _("At most %(most)d characters.") % {"most": column.longest},
            )
        if not column.has_lines and not text.isprintable():
            raise InvalidInput(column.key, "characters", _("Use letters, digits and signs only."))


def read_choice(path: str, text: str, words: Mapping[str, Sequence[str]]) -> str:
    """The choice that is meant: its key, or one of the words for it in any language."""
    wanted = folded(text)
    for choice, others in words.items():
        if wanted in {folded(word) for word in (choice, *others)}:
            return choice
    raise InvalidInput(
        path, "unknown", _("Write one of: %(choices)s.") % {"choices": ", ".join(words)}
    )


def read_list(text: str) -> list[str]:
    """The entries of a cell, separated by semicolons or commas, each once."""
    found = (part.strip() for part in re.split("[;,]", text))
    return list(dict.fromkeys(part for part in found if part))


def read_amount(path: str, text: str, currency: str) -> int:
    """An amount in minor units: "1.234,50", "1,234.50", "1234.5".

    "1.234" could be a thousand or one and a bit, so it is refused, as is everything that is no
    number and every part of the smallest unit.
    """
    number = read_number(path, text)
    scaled = number.scaleb(decimals(currency))
    if scaled != scaled.to_integral_value():
        raise InvalidInput(
            path,
            "decimals",
            _("%(currency)s has %(places)d decimals.")
            % {"currency": currency, "places": decimals(currency)},
        )
    if abs(scaled) > LARGEST_AMOUNT_MINOR:
        raise InvalidInput(path, "too_large", _("The amount is too large."))
    return int(scaled)


def read_number(path: str, text: str) -> Decimal:
    """A number as people of any language write it; raises ``InvalidInput``."""
    typed = text.translate(BLANKS).strip()
    if not typed.isascii() or len(typed) > 40:
        raise _no_number(path, text)
    groups = GROUPED.fullmatch(typed)
    if groups is not None:
        return _ungrouped(path, typed, groups.group(1))
    if PLAIN.fullmatch(typed) is None:
        raise _no_number(path, text)
    return Decimal(typed.replace(",", "."))


def _ungrouped(path: str, typed: str, sign: str) -> Decimal:
    whole, fraction = typed, ""
    decimal = next((one for one in ".," if one != sign and one in typed), "")
    if decimal:
        whole, _sign, fraction = typed.partition(decimal)
    elif typed.count(sign) == 1 and sign in ".,":
        raise InvalidInput(
            path,
            "ambiguous",
            _("“%(typed)s” can be read in two ways: leave out the sign for thousands.")
            % {"typed": typed},
        )
    elif sign in ".," and not _has_only_groups(typed, sign):
        raise _no_number(path, typed)
    return Decimal(f"{whole.replace(sign, '')}.{fraction or 0}")


def _has_only_groups(typed: str, sign: str) -> bool:
    return all(len(part) == 3 for part in typed.split(sign)[1:])


def show_amount(amount_minor: int, currency: str) -> str:
    """The amount for a cell: a point before the decimals and no groups.

    Three decimals could be taken for a group of thousands, so there a fourth is written.
    """
    places = decimals(currency)
    return f"{Decimal(amount_minor).scaleb(-places):.{4 if places == 3 else places}f}"


def read_day(path: str, text: str) -> date:
    """A day as 2026-11-24 or 24.11.2026; raises ``InvalidInput``."""
    found = DAY.fullmatch(text) or GERMAN_DAY.fullmatch(text)
    if found is not None:
        parts = {name: int(digits) for name, digits in found.groupdict().items()}
        with suppress(ValueError):
            return date(**parts)
    raise InvalidInput(path, "day", _("Write a day as 2026-12-31."))


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """The instant at which a day begins in the company's zone."""
    return datetime.combine(day, time(), tzinfo=zone)


def last_day_of(ends_at: datetime, zone: ZoneInfo) -> date:
    """The last day before the instant at which something ends."""
    return (ends_at - timedelta(microseconds=1)).astimezone(zone).date()


def _no_number(path: str, text: str) -> InvalidInput:
    return InvalidInput(path, "number", _("“%(typed)s” is not a number.") % {"typed": text[:40]})
