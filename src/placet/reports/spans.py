"""Which days a report is about: a named period of the company's calendar, or days that are typed.

Each span has one before it to be compared with: the period before, or as many days.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final, Literal, NamedTuple
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from placet.companies.models import Company
from placet.policy.budgets import period_of, span_of
from placet.policy.facts import Period
from placet.policy.periods import start_of_day

Bucket = Literal["day", "week", "month"]
PERIODS: Final[dict[str, str | Promise]] = {
    "month": _("This month"),
    "last_month": _("Last month"),
    "quarter": _("This quarter"),
    "last_quarter": _("Last quarter"),
    "year": _("This fiscal year"),
    "last_year": _("Last fiscal year"),
    "days_30": _("Last 30 days"),
    "days_90": _("Last 90 days"),
    "days_365": _("Last 365 days"),
    "days": _("From and to"),
}
USUAL: Final = "days_90"
LONGEST: Final = timedelta(days=366 * 10)
MOST_DAYS, MOST_WEEKS = 45, 180


class Days(NamedTuple):
    """Days of the company's calendar; ``ends_on`` is the first one that is not in."""

    starts_on: date
    ends_on: date
    zone: ZoneInfo

    @property
    def last_on(self) -> date:
        """The last day that is in."""
        return self.ends_on - timedelta(days=1)

    @property
    def starts_at(self) -> datetime:
        """The instant at which the first day begins."""
        return start_of_day(self.starts_on, self.zone)

    @property
    def ends_at(self) -> datetime:
        """The instant at which the last day is over."""
        return start_of_day(self.ends_on, self.zone)

    @property
    def bucket(self) -> Bucket:
        """How finely it is drawn: by days, weeks or months."""
        length = (self.ends_on - self.starts_on).days
        return "day" if length <= MOST_DAYS else "week" if length <= MOST_WEEKS else "month"

    @property
    def buckets(self) -> list[date]:
        """The first day of each stretch that is drawn; the first may begin before the span."""
        return list(self._buckets())

    def _buckets(self) -> Iterator[date]:
        on = span_of(self.starts_on, 1, self.bucket).starts_on
        while on < self.ends_on:
            yield on
            on = span_of(on, 1, self.bucket).ends_on


class Span(NamedTuple):
    """The days of a report and those before them."""

    period: str
    days: Days
    before: Days


def read_span(
    company: Company,
    period: str,
    *,
    now: datetime,
    from_on: date | None = None,
    to_on: date | None = None,
) -> Span:
    """The span of a named period as of now, in the company's zone and fiscal year.

    Typed days count both ends; without them, or turned round, it is the usual period.
    """
    zone = ZoneInfo(company.time_zone)
    today = now.astimezone(zone).date()
    if period == "days":
        if from_on and to_on and from_on <= to_on and to_on - from_on < LONGEST:
            return _lasting("days", from_on, to_on + timedelta(days=1), zone)
        period = USUAL
    if period.startswith("days_") and period in PERIODS:
        tomorrow = today + timedelta(days=1)
        length = timedelta(days=int(period.removeprefix("days_")))
        return _lasting(period, tomorrow - length, tomorrow, zone)
    if period not in PERIODS:
        return read_span(company, USUAL, now=now)
    return _named(company, period, now, zone)


def _lasting(period: str, starts_on: date, ends_on: date, zone: ZoneInfo) -> Span:
    length = ends_on - starts_on
    return Span(period, Days(starts_on, ends_on, zone), Days(starts_on - length, starts_on, zone))


def _named(company: Company, period: str, now: datetime, zone: ZoneInfo) -> Span:
    names: dict[str, Period] = {"month": "month", "quarter": "quarter", "year": "year"}
    length = names[period.removeprefix("last_")]
    fiscal = company.fiscal_year_month
    running = period_of(now, zone, fiscal, length)
    if period.startswith("last_"):
        running = span_of(running.starts_on - timedelta(days=1), fiscal, length)
    before = span_of(running.starts_on - timedelta(days=1), fiscal, length)
    return Span(period, Days(*running, zone), Days(*before, zone))
