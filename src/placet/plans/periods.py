"""The running periods of a company, for its counters."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from placet.companies.models import Company


def period_starts(company: Company, now: datetime) -> dict[str, date]:
    """The first day of each running period, in the company's zone and fiscal year.

    Weeks start on Monday; quarters and years are those of the fiscal year.
    """
    today = now.astimezone(ZoneInfo(company.time_zone)).date()
    months = (today.month - company.fiscal_year_month) % 12
    return {
        "day": today,
        "week": today - timedelta(days=today.weekday()),
        "month": today.replace(day=1),
        "quarter": _months_before(today, months % 3),
        "year": _months_before(today, months),
    }


def _months_before(today: date, months: int) -> date:
    index = today.year * 12 + today.month - 1 - months
    return date(index // 12, index % 12 + 1, 1)
