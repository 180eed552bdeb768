"""When members work: the company's days and hours, or their own, in their own time zone.

Public holidays and extra closed days are the company's, for everybody in it. What is changed here
counts for steps that open from then on; a time that was told stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from placet.companies.holidays_of import ClosedDays, is_place
from placet.companies.models import Company, Member
from placet.core.errors import InvalidInput
from placet.policy.working_time import MIDNIGHT, Calendar

MOST_CLOSED_DAYS: Final = 400
HOURS: Final = (1, 400)
DAYS: Final = (1, 365)


class WorkingTimes(NamedTuple):
    """A company's own calendar and answering time, and the calendars of some members."""

    company: Calendar
    answer: timedelta
    by_member: Mapping[str, Calendar]

    def of(self, member_id: str) -> Calendar:
        """A member's calendar; of one who was not loaded the company's."""
        return self.by_member.get(member_id, self.company)

    def answer_in(self, hours: int | None) -> timedelta:
        """How long there is to answer: as a rule says, else as the company does."""
        return self.answer if hours is None else timedelta(hours=hours)


def calendar_of_company(company: Company) -> Calendar:
    """The days and hours of a company, in its own zone."""
    return Calendar(
        zone=company.time_zone,
        weekdays=_weekdays(company.working_days),
        starts=company.work_starts,
        ends=company.work_ends,
        closed=ClosedDays(
            company.holiday_country,
            company.holiday_region,
            frozenset(date.fromisoformat(day) for day in company.closed_days),
        ),
    )


def calendar_of_member(member: Member) -> Calendar:
    """A member's days and hours, in their own zone; ``member.company`` should be loaded."""
    calendar = calendar_of_company(member.company)._replace(zone=member.time_zone)
    if member.working_days:
        calendar = calendar._replace(weekdays=_weekdays(member.working_days))
    if member.work_starts is not None and member.work_ends is not None:
        calendar = calendar._replace(starts=member.work_starts, ends=member.work_ends)
    return calendar


def load_working_times(company_id: str, members: Iterable[str]) -> WorkingTimes:
    """The times of a purchase's company and of these members, who may be the merchant's; two
    queries."""
    company = Company.objects.get(pk=company_id)
    rows = Member.objects.filter(pk__in=sorted(set(members))).select_related("company")
    return WorkingTimes(
        calendar_of_company(company),
        timedelta(hours=company.answer_hours),
        {row.pk: calendar_of_member(row) for row in rows},
    )


def read_times(company: Company, members: Iterable[Member]) -> WorkingTimes:
    """As ``load_working_times``, from rows that are there; each with its company."""
    return WorkingTimes(
        calendar_of_company(company),
        timedelta(hours=company.answer_hours),
        {member.pk: calendar_of_member(member) for member in members},
    )


def check_working_time(given: Mapping[str, object], before: Company | Member) -> None:
    """Refuse days without work, hours that end before they begin, and places nobody knows.

    ``before`` gives what the change leaves out.
    """
    known = {**{name: getattr(before, name, None) for name in _READ}, **given}
    _check_days(given.get("working_days"), is_company=isinstance(before, Company))
    starts, ends = known["work_starts"], known["work_ends"]
    if (starts is None) != (ends is None):
        raise InvalidInput("work_ends", "required", _("Say from when until when, or neither."))
    if starts is not None and ends != MIDNIGHT and ends <= starts:  # type: ignore[operator]
        raise InvalidInput("work_ends", "range", _("The day ends after it begins."))
    country, region = str(known["holiday_country"] or ""), str(known["holiday_region"] or "")
    if not is_place(country, ""):
        raise InvalidInput("holiday_country", "choice", _("No holidays are known for this."))
    if not is_place(country, region):
        raise InvalidInput("holiday_region", "choice", _("This region is not of this country."))
    _check_closed(given.get("closed_days", []))
    for name, (least, most) in (("answer_hours", HOURS), ("expire_days", DAYS)):
        value = given.get(name, least)
        if not isinstance(value, int) or not least <= value <= most:
            raise InvalidInput(
                name,
                "range",
                _("Between %(least)d and %(most)d.") % {"least": least, "most": most},
            )


_READ: Final = ("work_starts", "work_ends", "holiday_country", "holiday_region")


def _check_days(days: object, *, is_company: bool) -> None:
    if days is None:
        return
    known = isinstance(days, list) and all(
        isinstance(day, int) and not isinstance(day, bool) and 1 <= day <= 7 for day in days
    )
    if not known or len(set(days)) != len(days):  # type: ignore[arg-type, call-overload]
        raise InvalidInput("working_days", "choice", _("Days are 1, a Monday, to 7, each once."))
    if is_company and not days:
        raise InvalidInput("working_days", "required", _("Choose at least one working day."))


def _check_closed(days: object) -> None:
    if not isinstance(days, list) or len(days) > MOST_CLOSED_DAYS:
        raise InvalidInput(
            "closed_days",
            "too_many",
            _("At most %(most)d closed days.") % {"most": MOST_CLOSED_DAYS},
        )
    for day in days:
        try:
            date.fromisoformat(day)
        except (TypeError, ValueError) as error:
            raise InvalidInput(
                "closed_days",
                "date",
                _("“%(day)s” is not a date such as 2026-12-24.") % {"day": str(day)[:40]},
            ) from error


def _weekdays(days: Iterable[int]) -> frozenset[int]:
    return frozenset(day - 1 for day in days)
