"""Working time: examples that people can check on a calendar, and what holds for every one."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from placet.policy.working_time import (
    EVERY_DAY,
    MIDNIGHT,
    Calendar,
    due_after,
    due_for_all,
    next_opening,
    worked_between,
)

BERLIN = Calendar("Europe/Berlin")
HOUR = timedelta(hours=1)
ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "America/St_Johns",
    "Pacific/Apia",
    "America/Sao_Paulo",
    "Africa/Casablanca",
)


def local(zone: str, *when: int) -> datetime:
    return datetime(*when, tzinfo=ZoneInfo(zone))  # type: ignore[arg-type]


def berlin(*when: int) -> datetime:
    return local("Europe/Berlin", *when)


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        # Tuesday afternoon: the rest of the day, then the next one.
        (berlin(2026, 11, 24, 15), 8, berlin(2026, 11, 25, 15)),
        # Friday evening starts on Monday, and the last minute of a day is still that day.
        (berlin(2026, 11, 27, 18), 8, berlin(2026, 11, 30, 17)),
        (berlin(2026, 11, 28, 12), 0, berlin(2026, 11, 30, 9)),
        # The clock goes back on Sunday, 25 October: Monday at nine is an hour later in UTC.
        (berlin(2026, 10, 23, 16), 2, datetime(2026, 10, 26, 9, tzinfo=UTC)),
        # And forward on Sunday, 29 March.
        (berlin(2026, 3, 27, 16), 2, datetime(2026, 3, 30, 8, tzinfo=UTC)),
        # A leap day is a Thursday like any other.
        (berlin(2024, 2, 28, 16), 2, berlin(2024, 2, 29, 10)),
    ],
)
def test_an_answer_is_due_after_so_many_working_hours(
    start: datetime, hours: int, due: datetime
) -> None:
    assert due_after(start, hours * HOUR, BERLIN) == due


def test_a_holiday_is_skipped_and_half_hours_of_a_zone_count() -> None:
    diwali = Calendar("Asia/Kolkata", closed=frozenset({date(2026, 11, 9)}))
    friday = local("Asia/Kolkata", 2026, 11, 6, 16, 30)

    assert due_after(friday, HOUR, diwali) == local("Asia/Kolkata", 2026, 11, 10, 9, 30)


def test_a_night_in_which_the_clock_changes_is_an_hour_shorter_or_longer() -> None:
    night = Calendar("Europe/Berlin", EVERY_DAY, time(0), time(6))
    spring, autumn = berlin(2026, 3, 29, 0), berlin(2026, 10, 25, 0)

    assert worked_between(spring, spring + 24 * HOUR, night) == 5 * HOUR
    assert worked_between(autumn, autumn + 24 * HOUR, night) == 7 * HOUR


def test_a_day_that_a_zone_left_out_has_no_hours() -> None:
    apia = Calendar("Pacific/Apia", EVERY_DAY)
    thursday = local("Pacific/Apia", 2011, 12, 29, 17)

    assert due_after(thursday, HOUR, apia) == local("Pacific/Apia", 2011, 12, 31, 10)


def test_a_calendar_that_is_closed_for_ever_still_ends() -> None:
    class Always:
        def __contains__(self, day: object) -> bool:
            return True

    start = berlin(2026, 11, 24, 12)
    closed = BERLIN._replace(closed=Always())

    assert due_after(start, HOUR, closed) < start + timedelta(days=370)
    assert due_after(start, HOUR, BERLIN._replace(ends=time(8))) == start + HOUR


def test_the_next_working_day_begins_in_the_morning() -> None:
    assert next_opening(berlin(2026, 11, 27, 9), BERLIN) == berlin(2026, 11, 30, 9)
    assert next_opening(berlin(2026, 11, 27, 8, 59), BERLIN) == berlin(2026, 11, 27, 9)


def test_it_is_due_when_as_many_as_needed_have_had_their_hours() -> None:
    start = berlin(2026, 11, 24, 10)
    early, late = [BERLIN], [Calendar("America/New_York")]
    in_berlin = due_after(start, 4 * HOUR, BERLIN)
    in_new_york = due_after(start, 4 * HOUR, late[0])

    assert due_for_all(start, 4 * HOUR, [late, early], 1) == in_berlin
    assert due_for_all(start, 4 * HOUR, [late, early], 2) == in_new_york
    # A seat has had its time when whoever may answer for it has.
    assert due_for_all(start, 4 * HOUR, [[*early, *late]], 1) == in_new_york
    assert in_berlin < in_new_york


# ── What holds for every calendar ───────────────────────────────────────────────────────────────

minutes = st.integers(0, 24 * 60 - 1).map(lambda n: time(n // 60, n % 60))
BEGIN = datetime(2011, 12, 1, tzinfo=UTC)
instants = st.integers(0, 20 * 366 * 24 * 60).map(lambda n: BEGIN + timedelta(minutes=n))
lengths = st.integers(0, 200 * 60).map(lambda n: timedelta(minutes=n))


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    starts, ends = draw(minutes), draw(minutes)
    if ends < starts:
        starts, ends = ends, starts
    if starts == ends:
        ends = MIDNIGHT
    return Calendar(
        zone=draw(st.sampled_from(ZONES)),
        weekdays=draw(st.frozensets(st.integers(0, 6), min_size=1)),
        starts=starts,
        ends=ends,
        closed=draw(st.frozensets(st.dates(date(2011, 12, 1), date(2032, 3, 31)), max_size=4)),
    )


def _is_bearable(calendar: Calendar, length: timedelta) -> timedelta:
    """At most twenty days of this calendar, so that a minute a week does not take decades."""
    day = datetime.combine(date(2026, 1, 1), calendar.ends) - datetime.combine(
        date(2026, 1, 1), calendar.starts
    )
    return min(length, 20 * (day if day > timedelta() else day + timedelta(days=1)))


@settings(max_examples=150, deadline=None)
@given(calendars(), instants, lengths)
@example(Calendar("Pacific/Apia", EVERY_DAY), datetime(2011, 12, 29, tzinfo=UTC), 200 * HOUR)
def test_counting_back_gives_what_was_counted(
    calendar: Calendar, start: datetime, length: timedelta
) -> None:
    wanted = _is_bearable(calendar, length)
    due = due_after(start, wanted, calendar)

    assert due >= start
    assert worked_between(start, due, calendar) == wanted
    # One moment earlier would have been too early.
    if wanted:
        assert worked_between(start, due - timedelta(seconds=1), calendar) < wanted


@settings(max_examples=100, deadline=None)
@given(calendars(), instants, lengths, lengths)
def test_waiting_twice_is_waiting_once_for_both(
    calendar: Calendar, start: datetime, first: timedelta, second: timedelta
) -> None:
    one, other = _is_bearable(calendar, first), _is_bearable(calendar, second)
    at_once = due_after(start, one + other, calendar)

    in_two = due_after(due_after(start, one, calendar), other, calendar)
    # Nothing more to wait for at the end of a day is the next morning.
    assert in_two == at_once or (
        not other and worked_between(at_once, in_two, calendar) == HOUR * 0
    )


@settings(max_examples=100, deadline=None)
@given(calendars(), instants, lengths)
def test_what_is_due_is_due_within_working_time(
    calendar: Calendar, start: datetime, length: timedelta
) -> None:
    due = due_after(start, _is_bearable(calendar, max(length, HOUR)), calendar)
    here = due.astimezone(ZoneInfo(calendar.zone))
    day = here.date()
    if calendar.ends == MIDNIGHT and here.time() == MIDNIGHT:
        day -= timedelta(days=1)

    assert day not in calendar.closed
    assert day.weekday() in calendar.weekdays
