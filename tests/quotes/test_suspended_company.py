"""A suspended company negotiates nothing, whoever was on the page when it happened."""

from __future__ import annotations

import pytest

from placet.companies.acting import CompanySuspended
from placet.companies.actions import resume_company, suspend_company
from placet.companies.models import Company
from placet.quotes.actions import draft_quote
from placet.quotes.models import Quote
from tests.cast import Cast
from tests.quotes.talks import GLOVES, accept, ask, prices, say, take, wish

pytestmark = pytest.mark.django_db


def test_an_offer_is_not_taken_in_a_suspended_company_and_is_once_it_is_resumed(cast: Cast) -> None:
    quote = ask(cast, (GLOVES, 100))
    offer = say(quote, cast.mira, prices((GLOVES, 100, 700)))
    cart = take(cast, quote, offer)
    company = Company.objects.get(slug="meridian")
    suspend_company(company, reason="Unpaid.", actor=cast.odd, now=cast.now)
    with pytest.raises(CompanySuspended):
        accept(cart, cast.lena)
    assert Quote.objects.get(pk=quote.pk).status == "offered"
    resume_company(company, actor=cast.odd, now=cast.now)
    assert accept(cart, cast.lena).pk


def test_nothing_is_asked_for_in_a_suspended_company(cast: Cast) -> None:
    company = Company.objects.get(slug="meridian")
    suspend_company(company, reason="Unpaid.", actor=cast.odd, now=cast.now)
    with pytest.raises(CompanySuspended):
        draft_quote("Gloves", values=wish((GLOVES, 5)), actor=cast.lena, now=cast.now)
    assert not Quote.objects.exists()
