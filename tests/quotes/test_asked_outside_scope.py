"""Whoever is asked to release an offer answers, also about a customer of somebody else's."""

from __future__ import annotations

import pytest

from placet.companies.acting import get_actor
from placet.companies.models import Member
from placet.core.actor import Actor
from placet.core.errors import Forbidden, NotFound
from placet.quotes.models import OfferRelease, Quote
from placet.quotes.queries import get_quote
from placet.quotes.releases import count_asked_releases, get_release
from placet.web.today.waiting import list_waiting
from tests.cast import Cast
from tests.quotes.desk import authority, decide, rules_for_offers
from tests.quotes.talks import GLOVES, ask, prices, say
from tests.web.pages import page

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(cast: Cast) -> OfferRelease:
    """Mira's offer to Meridian waits for Odd, who has no customer of his own."""
    rules_for_offers(cast)
    authority(cast, "mira", discount=1_000)
    say(ask(cast, (GLOVES, 100)), cast.mira, prices((GLOVES, 100, 400)))
    Member.objects.filter(pk=cast.member["odd"]).update(sees_all_customers=False)
    return OfferRelease.objects.get()


def narrow(cast: Cast) -> Actor:
    return get_actor(user_id=cast.odd.user_id, company_slug="norden", channel="web")


def test_whoever_is_asked_sees_it_and_answers(cast: Cast, waiting: OfferRelease) -> None:
    odd = narrow(cast)
    with pytest.raises(NotFound):
        get_quote(odd, waiting.quote_id)
    assert count_asked_releases(odd) == 1
    assert "releases" in [row.key for row in list_waiting(odd, now=cast.now)]
    assert "Meridian" in page(odd, f"releases/{waiting.pk}/")
    assert decide(odd, waiting).status == "released"
    assert Quote.objects.get().status == "offered"


def test_who_is_not_asked_learns_nothing_of_it(cast: Cast, waiting: OfferRelease) -> None:
    waiting.seats.all().delete()
    odd = narrow(cast)
    with pytest.raises(NotFound):
        get_release(odd, waiting.pk)
    with pytest.raises((NotFound, Forbidden)):
        decide(odd, waiting)
    assert count_asked_releases(odd) == 0
