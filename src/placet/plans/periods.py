"""The running periods of a company, for its counters."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from placet.companies.models import Company
from placet.policy.budgets import period_of
from placet.policy.facts import Period

PERIODS: tuple[Period, ...] = ("day", "week", "month", "quarter", "year")


def period_starts(company: Company, now: datetime) -> dict[str, date]:
    """The first day of each running period, in the company's zone and fiscal year."""
    zone = ZoneInfo(company.time_zone)
    return {
        period: period_of(now, zone, company.fiscal_year_month, period).starts_on
        for period in PERIODS
    }
