"""When an occurrence is due: its day in the company's calendar, or the next working day.

The moment is when that day's work begins. It stands in the schedule's row, so that the timetable
finds it; whoever acts on it asks again, since a calendar may have changed since.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from placet.carts.models import Schedule
from placet.companies.models import Company
from placet.companies.working_time import calendar_of_company
from placet.policy.recurrence import count_occurrences, next_occurrence_on
from placet.policy.working_time import due_after


def company_day(company: Company, now: datetime) -> date:
    """Which day it is in the company's calendar."""
    return now.astimezone(ZoneInfo(company.time_zone)).date()


def moment_of(company: Company, day: date) -> datetime:
    """The beginning of work on this day, or on the first working day after it."""
    midnight = datetime.combine(day, time(), tzinfo=ZoneInfo(company.time_zone))
    return due_after(midnight, timedelta(), calendar_of_company(company))


def following_on(schedule: Schedule, after: date) -> date:
    """The day of the first occurrence that comes after a day."""
    return next_occurrence_on(schedule.starts_on, schedule.every, schedule.every_count, after)


def is_over(schedule: Schedule, day: date) -> bool:
    """Whether an occurrence on this day would come after the schedule's end."""
    return schedule.ends_on is not None and day > schedule.ends_on


def count_later(schedule: Schedule, after: date, until: date) -> int:
    """How many occurrences the schedule still has after a day, up to another one."""
    last = min(until, schedule.ends_on) if schedule.ends_on else until
    return count_occurrences(schedule.starts_on, schedule.every, schedule.every_count, after, last)
