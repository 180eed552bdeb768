"""Working time: which hours of which days count when somebody is given time to answer. Pure.

A calendar says it in local terms, "Monday to Friday from nine to five in Berlin, never on the 3rd
of October". Lengths are time that really passes: where a clock is put forward within working hours,
that day is an hour shorter. A time that a clock skips is taken as its zone took it before.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

MONDAY_TO_FRIDAY: Final = frozenset(range(5))
EVERY_DAY: Final = frozenset(range(7))
MIDNIGHT: Final = time(0)
LONGEST_CLOSED: Final = 366
"""Days in a row that may be closed; a calendar that closes for longer is taken without closures."""


class Calendar(NamedTuple):
    """Somebody's working time. ``weekdays`` counts from 0, a Monday.

    Midnight as ``ends`` is the end of the day. ``closed`` are the days without work.
    """

    zone: str = "UTC"
    weekdays: frozenset[int] = MONDAY_TO_FRIDAY
    starts: time = time(9)
    ends: time = time(17)
    closed: Container[date] = frozenset()


def due_after(start: datetime, length: timedelta, calendar: Calendar) -> datetime:
    """The instant at which so much working time has passed since ``start``.

    No time at all is the next moment of working time, which may be ``start`` itself.
    """
    left = length
    for opens, closes in _hours_from(start, calendar):
        if left <= closes - opens:
            return (opens + left).astimezone(start.tzinfo)
        left -= closes - opens
    return start + length  # A calendar without any hours: as if every hour counted.


def worked_between(start: datetime, end: datetime, calendar: Calendar) -> timedelta:
    """How much working time lies between two instants: what ``due_after`` would have to add."""
    worked = timedelta()
    for opens, closes in _hours_from(start, calendar):
        if opens >= end:
            break
        worked += min(closes, end) - opens
    return worked


def due_for_all(
    start: datetime, length: timedelta, seats: Sequence[Sequence[Calendar]], needed: int
) -> datetime:
    """When as many as ``needed`` of the seats have had so much working time since ``start``.

    Each seat has the calendars of those who may answer for it, and has had its time when the last
    of them has. With too few seats it is the last seat that counts.
    """
    moments = sorted(
        max(due_after(start, length, calendar) for calendar in calendars)
        for calendars in seats
        if calendars
    )
    if not moments:
        return due_after(start, length, Calendar())
    return moments[min(max(needed, 1), len(moments)) - 1]


def next_opening(after: datetime, calendar: Calendar) -> datetime:
    """When the first working day begins that has not begun yet: whoever works now has begun."""
    for opens, _closes in _hours_from(after, calendar):
        if opens > after:
            return opens.astimezone(after.tzinfo)
    return after


def _hours_from(start: datetime, calendar: Calendar) -> Iterator[tuple[datetime, datetime]]:
    """The working hours from ``start`` on, as pairs of instants in UTC, in order and apart."""
    earliest = start.astimezone(UTC)
    day = earliest.astimezone(ZoneInfo(calendar.zone)).date()
    passed = 0
    while day < date.max and passed <= 2 * LONGEST_CLOSED:
        if _is_working_day(day, calendar, is_strict=passed < LONGEST_CLOSED):
            opens, closes = _hours_of(day, calendar)
            opens = max(opens, earliest)
            if opens < closes:
                yield opens, closes
                earliest, passed = closes, 0
        day += timedelta(days=1)
        passed += 1


def _is_working_day(day: date, calendar: Calendar, *, is_strict: bool) -> bool:
    if is_strict and day in calendar.closed:
        return False
    return day.weekday() in (calendar.weekdays or MONDAY_TO_FRIDAY)


def _hours_of(day: date, calendar: Calendar) -> tuple[datetime, datetime]:
    """Begin and end of a day's hours in UTC; both the same for a day that the zone left out."""
    zone = ZoneInfo(calendar.zone)
    opens = datetime.combine(day, calendar.starts, zone).astimezone(UTC)
    if opens.astimezone(zone).date() != day:
        return opens, opens
    last_day = day + timedelta(days=1) if calendar.ends == MIDNIGHT else day
    closes = datetime.combine(last_day, calendar.ends, zone).astimezone(UTC)
    return opens, closes
