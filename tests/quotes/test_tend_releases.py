"""Whoever is asked to release an offer leaves: nobody waits for an answer that cannot come."""

from __future__ import annotations

from datetime import timedelta

import pytest

from placet.companies.models import Member
from placet.events.models import Event
from placet.jobs.verify import verify
from placet.notices.matrix import notices_of
from placet.quotes.actions import tend_quotes
from placet.quotes.models import OfferDraft, OfferRelease, Quote
from placet.requisitions.actions import deactivate_member
from tests.cast import Cast
from tests.cast_people import system_of
from tests.quotes.desk import authority, decide, fresh, give_role, rules_for_offers
from tests.quotes.talks import GLOVES, NEXT_MONTH, ask, prices, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(cast: Cast) -> OfferRelease:
    """Mira may give 10 % and offers far less: Odd is asked."""
    rules_for_offers(cast)
    authority(cast, "mira", discount=1_000)
    say(ask(cast, (GLOVES, 100)), cast.mira, prices((GLOVES, 100, 400)))
    return OfferRelease.objects.get()


def leave(cast: Cast, name: str) -> None:
    member = Member.objects.get(pk=cast.member[name])
    deactivate_member(member, actor=system_of(member.company), now=cast.now)


def test_what_nobody_can_release_lapses_and_its_author_is_told(
    cast: Cast, waiting: OfferRelease
) -> None:
    assert tend_quotes(now=cast.now) == 0
    leave(cast, "odd")
    assert tend_quotes(now=cast.now) == 1
    waiting.refresh_from_db()
    assert waiting.status == "lapsed"
    event = Event.objects.get(type="release.lapsed")
    assert event.company_id == cast.company["norden"]
    told = [(one.member_id, one.kind) for one in notices_of(event)]
    assert told == [(cast.member["mira"], "release_decided")]
    # The quote waits for another offer, and what was written is there for it.
    assert Quote.objects.get().status == "requested"
    assert OfferDraft.objects.filter(side="merchant").exists()
    assert tend_quotes(now=cast.now) == 0
    assert verify() == []


def test_what_can_still_be_released_waits_on(cast: Cast, waiting: OfferRelease) -> None:
    leave(cast, "tomas")
    assert tend_quotes(now=cast.now) == 0
    waiting.refresh_from_db()
    assert waiting.status == "waiting"


def test_others_are_asked_when_one_leaves_and_one_comes(cast: Cast, waiting: OfferRelease) -> None:
    """Tomas becomes a manager of the store, then Odd leaves: the offer goes out all the same."""
    give_role(cast, "tomas", "store_manager")
    authority(cast, "tomas", discount=9_000)
    leave(cast, "odd")
    assert tend_quotes(now=cast.now) == 1
    told = Event.objects.filter(type="release.asked").order_by("-seq")[0]
    tomas = cast.member["tomas"]
    assert [(one.member_id, one.kind) for one in notices_of(told)] == [(tomas, "release_asked")]
    waiting.refresh_from_db()
    assert [seat.member_id for seat in waiting.seats.all()] == [tomas]
    assert tend_quotes(now=cast.now) == 0
    assert decide(fresh(cast, "tomas"), waiting).status == "released"
    assert Quote.objects.get().status == "offered"
    assert verify() == []


def test_whoever_has_become_able_to_release_it_is_asked_at_once(
    cast: Cast, waiting: OfferRelease
) -> None:
    give_role(cast, "tomas", "store_manager")
    authority(cast, "tomas", discount=9_000)
    assert decide(fresh(cast, "tomas"), waiting).status == "released"
    assert verify() == []


def test_nobody_releases_what_its_author_left_behind(cast: Cast, waiting: OfferRelease) -> None:
    leave(cast, "mira")
    assert tend_quotes(now=cast.now) == 1
    waiting.refresh_from_db()
    assert waiting.status == "lapsed"


def test_what_would_hold_no_more_lapses_by_itself(cast: Cast, waiting: OfferRelease) -> None:
    assert waiting.status == "waiting"
    later = cast.now + (NEXT_MONTH - cast.now.date()) + timedelta(days=1)
    assert tend_quotes(now=later) == 1
    waiting.refresh_from_db()
    assert waiting.status == "lapsed"
