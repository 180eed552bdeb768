"""The instants of a period: where its days begin and end in the company's zone.

Days are of the calendar, instants are of the clock, and a zone may skip an hour at midnight or
live it twice. A day begins at one instant, the next day at a later one, so that of the spans made
here every instant lies in exactly one.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from placet.policy.budgets import Span, period_of, span_of
from placet.policy.facts import Period

# Two zones are at most 26 hours apart: this far into a period, every zone agrees that it has begun.
SETTLED = timedelta(hours=36)


class Stretch(NamedTuple):
    """The instants of a period, in UTC; the end is exclusive."""

    starts_at: datetime
    ends_at: datetime


def start_of_day(day: date, zone: tzinfo) -> datetime:
    """The instant at which a day begins; where midnight is skipped, the first instant after it.

    Where midnight comes twice the first one counts.
    """
    return datetime.combine(day, time(), zone).astimezone(UTC)


def stretch_of(span: Span, zone: tzinfo) -> Stretch:
    """The instants of a span of days."""
    return Stretch(start_of_day(span.starts_on, zone), start_of_day(span.ends_on, zone))


def stretch_at(now: datetime, zone: tzinfo, fiscal_month: int, period: Period) -> Stretch:
    """The one period that an instant lies in.

    The calendar's answer is right except where a zone repeats the hour around midnight: then the
    clock shows the day before once more, and the instant belongs to the period that has begun.
    """
    span = period_of(now, zone, fiscal_month, period)
    if now >= start_of_day(span.ends_on, zone):
        span = span_of(span.ends_on, fiscal_month, period)
    return stretch_of(span, zone)


def stretch_after(ends_at: datetime, zone: tzinfo, fiscal_month: int, period: Period) -> Stretch:
    """The period that follows one that ends at ``ends_at``: it begins exactly there.

    Where the company moved to another zone or fiscal year meanwhile, the first period afterwards is
    longer or shorter, so that nothing lies between two periods and nothing in both. Not for days,
    which are shorter than what two zones may be apart: no budget comes back daily.
    """
    following = period_of(ends_at + SETTLED, zone, fiscal_month, period)
    return Stretch(ends_at, start_of_day(following.ends_on, zone))
