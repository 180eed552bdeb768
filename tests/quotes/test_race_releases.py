"""An offer is released while the buyer speaks or somebody else decides: one of both counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from placet.jobs.verify import verify
from placet.quotes.actions import (
    decide_release,
    decline_quote,
    expire_quote,
    save_offer_draft,
    send_offer,
    take_back_release,
    withdraw_quote,
)
from placet.quotes.models import Offer, OfferRelease, Quote, ReleaseDecision
from tests.cast import NOW, Cast
from tests.ground import Failed, Ground, race
from tests.quotes.desk import authority, decide, rules_for_offers
from tests.quotes.talks import GLOVES, ask, prices, say, take, wish
from tests.quotes.test_race_quotes import taken

Waiting = tuple[Quote, OfferRelease]


@pytest.fixture
def waiting(committed_db: Ground, cast: Cast) -> Waiting:
    """An offer of 7.00 is on the table, one of 5.00 waits for Odd; both sides have a draft."""
    rules_for_offers(cast)
    authority(cast, "mira", discount=1_000)
    quote = ask(cast, (GLOVES, 100))
    assert isinstance(say(quote, cast.mira, prices((GLOVES, 100, 700))), Offer)
    release = say(quote, cast.mira, prices((GLOVES, 100, 500)))
    assert isinstance(release, OfferRelease)
    save_offer_draft(quote, values=wish((GLOVES, 90)), actor=cast.lena, now=NOW)
    return quote, release


def counter(quote: Quote, _release: OfferRelease, cast: Cast) -> str:
    return str(send_offer(quote, offer_number=2, actor=cast.lena, now=NOW).pk)


def another(quote: Quote, _release: OfferRelease, cast: Cast) -> str:
    return str(send_offer(quote, offer_number=2, actor=cast.mira, now=NOW).pk)


def withdraw(quote: Quote, _release: OfferRelease, cast: Cast) -> str:
    return str(withdraw_quote(quote, actor=cast.lena, now=NOW).status)


def decline(quote: Quote, _release: OfferRelease, cast: Cast) -> str:
    no = decline_quote(quote, reason="No", offer_number=2, actor=cast.lena, now=NOW)
    return str(no.status)


def expire(quote: Quote, _release: OfferRelease, cast: Cast) -> str:
    return str(expire_quote(quote.pk, now=NOW + timedelta(days=90)))


def take_back(_quote: Quote, release: OfferRelease, cast: Cast) -> str:
    return str(take_back_release(release, actor=cast.mira, now=NOW).status)


@pytest.mark.parametrize("other", [counter, another, withdraw, decline, expire, take_back])
def test_it_is_released_or_something_else_came_first(
    waiting: Waiting, cast: Cast, other: Callable[[Quote, OfferRelease, Cast], str]
) -> None:
    quote, release = waiting
    race([lambda: decide(cast.odd, release).status, lambda: other(quote, release, cast)])
    release.refresh_from_db()
    assert release.status in ("released", "lapsed")
    offers = Offer.objects.filter(quote=quote, content_hash=release.content_hash)
    assert offers.count() == int(release.status == "released")
    numbers = list(quote.offers.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert verify() == []


def test_a_taken_offer_and_a_released_one_are_never_both_had(waiting: Waiting, cast: Cast) -> None:
    quote, release = waiting
    cart = take(cast, quote, quote.offers.get(number=2))
    race([lambda: decide(cast.odd, release).status, lambda: taken(cart, cast)])
    quote.refresh_from_db()
    release.refresh_from_db()
    assert (quote.status == "accepted") is (release.status == "lapsed")
    assert verify() == []


def test_ten_releases_at_once_send_it_once(waiting: Waiting, cast: Cast) -> None:
    quote, release = waiting
    results = race([lambda: decide(cast.odd, release).status for _click in range(10)])
    assert len([one for one in results if not isinstance(one, Failed)]) == 1
    assert ReleaseDecision.objects.count() == 1
    assert quote.offers.count() == 3
    assert verify() == []


def test_a_release_and_a_refusal_at_once_are_one_answer(waiting: Waiting, cast: Cast) -> None:
    _quote, release = waiting
    api = replace(cast.odd, channel="api")
    results = race(
        [
            lambda: decide(cast.odd, release).status,
            lambda: decide(api, release, "decline", "Too cheap").status,
        ]
    )
    assert len([one for one in results if not isinstance(one, Failed)]) == 1
    assert ReleaseDecision.objects.count() == 1
    assert verify() == []


def test_verify_finds_an_offer_that_went_past_its_release(waiting: Waiting, cast: Cast) -> None:
    """Whoever writes the rows by hand is found: released without a decision, or of other bytes."""
    _quote, release = waiting
    OfferRelease.objects.filter(pk=release.pk).update(status="released")
    assert "released_wrongly" in {finding.code for finding in verify()}
    OfferRelease.objects.filter(pk=release.pk).update(status="lapsed", content=b"{}")
    assert "released_wrongly" in {finding.code for finding in verify()}


def test_a_decision_names_what_was_seen(waiting: Waiting, cast: Cast) -> None:
    quote, release = waiting
    results = race(
        [
            lambda: (
                decide_release(
                    release, verdict="release", content_hash="0" * 64, actor=cast.odd, now=NOW
                ).status
            )
        ]
    )
    assert all(isinstance(one, Failed) for one in results)
    assert quote.offers.count() == 2
