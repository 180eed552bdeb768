"""Ines says when Meridian works; Lena says when she does."""

from __future__ import annotations

from datetime import time

import pytest
from django.test import Client

from placet.companies.models import Company, Member
from placet.companies.working_time import calendar_of_member
from tests.cast import Cast

pytestmark = pytest.mark.django_db

TIME = "/c/meridian/company/time/"
HOURS = "/c/meridian/settings/hours/"


def signed_in(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(Member.objects.get(pk=cast.member[who]).user)
    return client


def said(**changes: object) -> dict[str, object]:
    version = Company.objects.get(slug="meridian").version
    return {
        "version": version,
        "working_days": ["1", "2", "3", "4"],
        "work_starts": "08:00",
        "work_ends": "16:30",
        "answer_hours": "6",
        "expire_days": "14",
        "holiday_country": "DE",
        "holiday_region": "BE",
        "closed_days": "2026-12-28\n2026-12-24, 2026-12-28",
        **changes,
    }


def test_what_ines_says_is_kept_and_shown(cast: Cast) -> None:
    ines = signed_in(cast, "ines")
    assert ines.post(TIME, said()).status_code == 302

    company = Company.objects.get(slug="meridian")
    assert company.working_days == [1, 2, 3, 4]
    assert (company.work_starts, company.work_ends) == (time(8), time(16, 30))
    assert company.closed_days == ["2026-12-24", "2026-12-28"]
    assert (company.answer_hours, company.expire_days) == (6, 14)
    page = ines.get(TIME).content.decode()
    assert 'value="08:00"' in page
    assert "2026-12-24" in page
    assert "Christmas Day" in page


def test_another_country_shows_its_regions_and_holidays_before_it_is_saved(cast: Cast) -> None:
    page = signed_in(cast, "ines").get(TIME, {"holiday_country": "AT"}).content.decode()

    assert '<option value="AT" selected>' in page
    assert '<option value="9">' in page
    assert Company.objects.get(slug="meridian").holiday_country == ""


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("working_days", [], "required"),
        ("working_days", ["8"], "Select a valid choice"),
        ("work_ends", "07:00", "The day ends after it begins."),
        ("closed_days", "tomorrow", "is not a date"),
        ("closed_days", "2026-02-30", "is not a date"),
        ("holiday_country", "XX", "Select a valid choice"),
        ("holiday_region", "AK", "Select a valid choice"),
        ("answer_hours", "0", "greater than or equal to 1"),
        ("expire_days", "9999", "less than or equal to 365"),
    ],
)
def test_what_cannot_be_comes_back_with_what_was_typed(
    cast: Cast, name: str, value: object, sentence: str
) -> None:
    answer = signed_in(cast, "ines").post(TIME, said(**{name: value}))

    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert 'value="16:30"' in page or name == "work_ends"
    assert Company.objects.get(slug="meridian").working_days == [1, 2, 3, 4, 5]


def test_somebody_who_was_slower_is_told(cast: Cast) -> None:
    ines = signed_in(cast, "ines")
    before = said()
    assert ines.post(TIME, said()).status_code == 302

    assert "Somebody changed this meanwhile" in ines.post(TIME, before).content.decode()


@pytest.mark.parametrize("who", ["lena", "aron"])
def test_nobody_else_sets_the_companys_hours(cast: Cast, who: str) -> None:
    assert signed_in(cast, who).post(TIME, said()).status_code == 403


def test_a_household_answers_on_every_day(cast: Cast) -> None:
    family = Company.objects.get(slug="park")

    assert family.working_days == [1, 2, 3, 4, 5, 6, 7]
    assert (family.work_starts, family.work_ends) == (time(8), time(20))


def test_lena_works_in_the_afternoon_in_another_zone_and_then_like_everybody(cast: Cast) -> None:
    lena = signed_in(cast, "lena")
    own = {
        "language": "pl",
        "time_zone": "Europe/Warsaw",
        "has_own": "on",
        "working_days": ["3", "6"],
        "work_starts": "13:00",
        "work_ends": "00:00",
    }
    assert lena.post(HOURS, own).status_code == 302
    member = Member.objects.select_related("company").get(pk=cast.member["lena"])
    calendar = calendar_of_member(member)
    assert (member.language, calendar.zone) == ("pl", "Europe/Warsaw")
    assert calendar.weekdays == {2, 5}
    assert (calendar.starts, calendar.ends) == (time(13), time(0))

    lena.post(HOURS, {"language": "en", "time_zone": "Europe/Berlin"})
    member.refresh_from_db()
    assert (member.working_days, member.work_starts, member.work_ends) == (None, None, None)
    assert calendar_of_member(member).starts == time(9)


def test_hours_of_ones_own_need_a_begin_and_an_end(cast: Cast) -> None:
    own = {"language": "en", "time_zone": "Europe/Berlin", "has_own": "on", "work_starts": "9:00"}
    answer = signed_in(cast, "lena").post(HOURS, own)

    assert answer.status_code == 422
    assert Member.objects.get(pk=cast.member["lena"]).work_starts is None
