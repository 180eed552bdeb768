"""Pages in the language of their reader: the member's inside a company, the browser's before it."""

from __future__ import annotations

import pytest
from django.test import Client

from placet.companies.actions import create_company
from placet.companies.models import Company, Member, Role
from tests.cast import Cast
from tests.cast_people import system_of
from tests.web.pages import as_actor, page

pytestmark = pytest.mark.django_db


def test_a_page_speaks_the_members_language_whatever_the_browser_says(cast: Cast) -> None:
    assert '<html lang="en"' in page(cast.lena, "")
    Member.objects.filter(pk=cast.lena.member_id).update(language="pl")
    answer = as_actor(cast.lena).get("/c/meridian/", headers={"accept-language": "en"})
    shown = answer.content.decode()
    assert '<html lang="pl"' in shown
    assert "Skrzynka" in shown
    assert "Inbox" not in shown


@pytest.mark.parametrize(
    ("language", "said"), [("pl-PL,pl;q=0.9", "Zaloguj się"), ("de", "Sign in"), ("", "Sign in")]
)
def test_the_sign_in_page_speaks_the_browsers_language(
    cast: Cast, language: str, said: str
) -> None:
    answer = Client().get("/account/login/", headers={"accept-language": language})
    assert said in answer.content.decode()


def test_built_in_roles_are_named_in_the_companys_language(cast: Cast) -> None:
    company = create_company(
        "Nowa",
        kind="business",
        slug="nowa",
        currency="PLN",
        language="pl",
        actor=system_of(Company.objects.get(slug="norden")),
        now=cast.now,
    )
    names = dict(Role.objects.filter(company=company).values_list("key", "name"))
    assert names["approver"] == "Zatwierdzający"
