"""The merchant suspends a company and resumes it."""

import pytest

from placet.companies.acting import CompanySuspended
from placet.companies.actions import resume_company, suspend_company
from placet.companies.models import Company
from placet.companies.queries import get_actor, get_company, get_merchant, list_companies
from placet.core.errors import Conflict, Forbidden, NotFound
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_nobody_enters_a_suspended_company_until_it_is_resumed(cast: Cast) -> None:
    meridian = Company.objects.get(slug="meridian")
    who = {"user_id": cast.user["lena"], "company_slug": "meridian"}
    suspend_company(meridian, actor=cast.odd, now=cast.now)
    with pytest.raises(CompanySuspended):
        get_actor(channel="web", **who)
    with pytest.raises(Conflict):
        suspend_company(meridian, actor=cast.odd, now=cast.now)
    resume_company(meridian, actor=cast.odd, now=cast.now)
    assert get_actor(channel="web", **who) == cast.lena


@pytest.mark.parametrize("who", ["ines", "jan", "tomas", "mira"])
def test_only_the_owner_of_the_store_suspends(cast: Cast, who: str) -> None:
    with pytest.raises(Forbidden):
        suspend_company(Company.objects.get(slug="meridian"), actor=cast.actors[who], now=cast.now)


def test_the_merchant_does_not_suspend_itself(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        suspend_company(get_merchant(), actor=cast.odd, now=cast.now)


def test_only_the_merchant_sees_other_companies(cast: Cast) -> None:
    meridian, kowalski = cast.company["meridian"], cast.company["kowalski"]
    assert get_company(cast.lena).id == meridian
    assert get_company(cast.tomas, kowalski).id == kowalski
    with pytest.raises(NotFound):
        get_company(cast.lena, kowalski)
    assert {company.slug for company in list_companies(cast.tomas)} == {
        *("meridian", "kowalski", "park", "stahl"),
    }
    assert not list_companies(cast.ines)
