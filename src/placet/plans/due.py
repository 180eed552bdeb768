"""When an answer is due: counted in working hours of the company's zone, Monday to Friday.

The working day is 09:00 to 17:00. A step without hours of its own has eight, which is the same time
on the next working day.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY_STARTS = time(9)
DAY_ENDS = time(17)
DEFAULT_HOURS = 8


def due_after(start: datetime, hours: int | None, zone: str) -> datetime:
    """The instant at which so many working hours have passed since ``start``, in UTC terms."""
    local = _next_working(start.astimezone(ZoneInfo(zone)))
    left = timedelta(hours=DEFAULT_HOURS if hours is None else hours)
    while True:
        end_of_day = datetime.combine(local.date(), DAY_ENDS, local.tzinfo)
        today = end_of_day - local
        if left <= today:
            return (local + left).astimezone(start.tzinfo)
        left -= today
        local = _next_working(end_of_day)


def _next_working(local: datetime) -> datetime:
    """This moment when it lies in working time, else the next morning of a working day."""
    if local.timetz().replace(tzinfo=None) < DAY_STARTS:
        local = datetime.combine(local.date(), DAY_STARTS, local.tzinfo)
    elif local.timetz().replace(tzinfo=None) >= DAY_ENDS:
        local = datetime.combine(local.date() + timedelta(days=1), DAY_STARTS, local.tzinfo)
    while local.weekday() >= 5:
        local = datetime.combine(local.date() + timedelta(days=1), DAY_STARTS, local.tzinfo)
    return local
