"""Days that come again: every so many days, weeks or months from a first day on. Pure.

A month without the day of the first one has its last day instead: from the 31st of January on it is
the 28th of February, then the 31st of March.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Final, Literal

Every = Literal["day", "week", "month"]
MOST: Final = 36
"""The largest count between two occurrences."""
_DAYS: Final = {"day": 1, "week": 7}


def occurrence_on(starts_on: date, every: str, count: int, number: int) -> date:
    """The day of the occurrence of this number; the first one, number 0, is on ``starts_on``."""
    if every in _DAYS:
        return starts_on + timedelta(days=_DAYS[every] * count * number)
    months = starts_on.month - 1 + count * number
    year, month = starts_on.year + months // 12, months % 12 + 1
    return date(year, month, min(starts_on.day, monthrange(year, month)[1]))


def next_occurrence_on(starts_on: date, every: str, count: int, after: date) -> date:
    """The first day of an occurrence that comes after a day."""
    if after < starts_on:
        return starts_on
    days = (after - starts_on).days
    longest = _DAYS.get(every, 31) * count
    number = max(days // longest, 0)
    while occurrence_on(starts_on, every, count, number) <= after:
        number += 1
    return occurrence_on(starts_on, every, count, number)


def count_occurrences(starts_on: date, every: str, count: int, after: date, until: date) -> int:
    """How many occurrences come after a day, up to another one that is included."""
    found, day = 0, next_occurrence_on(starts_on, every, count, after)
    while day <= until:
        found += 1
        day = next_occurrence_on(starts_on, every, count, day)
    return found
