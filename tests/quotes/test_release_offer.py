"""An offer beyond its author's authority goes out only as it was released, by somebody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from placet.catalog.models import Product
from placet.companies.models import Limit, Member
from placet.core.errors import Forbidden, InvalidInput, NotFound
from placet.events.models import Event
from placet.jobs.verify import verify
from placet.quotes.actions import (
    OfferBlocked,
    ReleaseOver,
    decide_release,
    decline_quote,
    expire_quotes,
    save_offer_draft,
    take_back_release,
    withdraw_quote,
)
from placet.quotes.models import Offer, OfferDraft, OfferRelease, Quote
from placet.quotes.queries import get_quote, list_quotes
from placet.quotes.releases import count_asked_releases, get_release, list_waiting_releases
from placet.rulebooks.actions import start_offer_rulebook
from placet.rulebooks.models import RulebookVersion
from tests.quotes.desk import authority, decide, fresh, give_role, rules_for_offers
from tests.quotes.talks import GLOVES, ask, prices, say, wish

pytestmark = pytest.mark.django_db

USUAL = 750
"""What Meridian pays for gloves without an offer, in cents."""


@pytest.fixture
def desk(cast):
    """Rules about offers; Mira, store manager, may give 10 %; Odd owns the store."""
    rules_for_offers(cast)
    authority(cast, "mira", discount=1_000)
    return cast


def offered(cast, price, quantity=100):
    """Lena asks, Mira answers at this price for a piece."""
    quote = ask(cast, (GLOVES, quantity))
    return quote, say(quote, cast.mira, prices((GLOVES, quantity, price)))


@pytest.mark.parametrize(("price", "is_free"), [(675, True), (674, False), (750, True), (1, False)])
def test_within_the_authors_authority_it_goes_out_at_once(desk, price, is_free):
    quote, said = offered(desk, price)
    assert isinstance(said, Offer) is is_free
    assert quote.status == ("offered" if is_free else "requested")
    assert verify() == []


def test_what_was_released_is_exactly_what_goes_out(desk):
    quote, waiting = offered(desk, 500)
    assert not quote.offers.filter(side="merchant").exists()
    decide(desk.odd, waiting)
    quote.refresh_from_db()
    offer = quote.offers.get(number=2)
    assert (quote.status, offer.content_hash) == ("offered", waiting.content_hash)
    assert offer.author_id == desk.member["mira"]
    assert offer.lines.get().unit_price_minor == 500
    assert not quote.drafts.exists()
    assert verify() == []


def test_the_author_never_releases_it(desk):
    _quote, waiting = offered(desk, 500)
    with pytest.raises(Forbidden):
        decide(desk.mira, waiting)
    key = replace(desk.odd, person_user_id="key_1", maker_user_id=desk.mira.user_id)
    with pytest.raises(Forbidden):
        decide(key, waiting)
    assert OfferRelease.objects.get().status == "waiting"


def test_whoever_ever_wrote_in_the_draft_releases_nothing_of_it(desk):
    quote = ask(desk, (GLOVES, 100))
    for who, price in ((desk.odd, 300), (desk.mira, 500)):
        values = prices((GLOVES, 100, price))
        save_offer_draft(quote, values=values, actor=who, now=desk.now)
    with pytest.raises(OfferBlocked, match="Nobody’s authority covers"):
        say(quote, desk.mira, prices((GLOVES, 100, 500)))
    assert not OfferRelease.objects.exists()


def test_an_owner_with_bounds_of_their_own_cannot_release_their_own_either(desk):
    authority(desk, "odd", discount=0)
    quote = ask(desk, (GLOVES, 10))
    with pytest.raises(OfferBlocked):
        say(quote, desk.odd, prices((GLOVES, 10, 500)))
    assert not OfferRelease.objects.exists()


@pytest.mark.parametrize("who", ["lena", "ines", "ola", "tomas"])
def test_nobody_else_learns_of_it(desk, who):
    _quote, waiting = offered(desk, 500)
    stranger = getattr(desk, who)
    with pytest.raises(NotFound):
        get_release(stranger, waiting.pk)
    with pytest.raises((NotFound, Forbidden)):
        decide(stranger, waiting)
    assert not list_waiting_releases(stranger).exists()


def test_the_buyer_sees_nothing_of_it_until_it_is_sent(desk):
    quote = ask(desk, (GLOVES, 100))
    before = Quote.objects.filter(pk=quote.pk).values().get()
    events = Event.objects.filter(company_id=desk.company["meridian"]).count()
    waiting = say(quote, desk.mira, prices((GLOVES, 100, 500)))
    decide(desk.odd, waiting, "decline", "Too cheap")
    assert Quote.objects.filter(pk=quote.pk).values().get() == before
    assert Event.objects.filter(company_id=desk.company["meridian"]).count() == events
    kinds = Event.objects.filter(company_id=desk.company["norden"], type__startswith="release.")
    assert [event.type for event in kinds.order_by("seq")] == ["release.asked", "release.declined"]
    assert get_quote(desk.lena, quote.pk).status == "requested"
    assert list_quotes(desk.lena).count() == 1


def test_a_declined_offer_needs_a_reason_and_stays_a_draft(desk):
    quote, waiting = offered(desk, 500)
    with pytest.raises(InvalidInput):
        decide(desk.odd, waiting, "decline", " ")
    decide(desk.odd, waiting, "decline", "Too cheap")
    assert OfferRelease.objects.get().status == "declined"
    assert quote.drafts.get(side="merchant").lines[0]["unit_price_minor"] == 500
    assert isinstance(say(quote, desk.mira, prices((GLOVES, 100, 700))), Offer)


def test_another_draft_takes_the_place_of_what_waits(desk):
    quote, first = offered(desk, 500)
    second = say(quote, desk.mira, prices((GLOVES, 100, 550)))
    first.refresh_from_db()
    assert (first.status, second.status) == ("lapsed", "waiting")
    with pytest.raises(ReleaseOver):
        decide(desk.odd, first)
    decide(desk.odd, second)
    assert quote.offers.get(number=2).lines.get().unit_price_minor == 550


def test_a_draft_that_was_written_meanwhile_is_kept_and_not_what_goes_out(desk):
    quote, waiting = offered(desk, 500)
    later = desk.now + timedelta(minutes=5)
    values = prices((GLOVES, 100, 400))
    save_offer_draft(quote, values=values, actor=desk.mira, now=later)
    decide(desk.odd, waiting)
    assert quote.offers.get(number=2).lines.get().unit_price_minor == 500
    assert OfferDraft.objects.get(quote=quote).lines[0]["unit_price_minor"] == 400


def test_whoever_saw_other_content_decides_nothing(desk):
    _quote, waiting = offered(desk, 500)
    with pytest.raises(ReleaseOver):
        decide_release(
            waiting, verdict="release", content_hash="0" * 64, actor=desk.odd, now=desk.now
        )
    assert OfferRelease.objects.get().status == "waiting"


def test_it_is_decided_once(desk):
    quote, waiting = offered(desk, 500)
    decide(desk.odd, waiting)
    with pytest.raises(ReleaseOver):
        decide(desk.odd, waiting)
    assert quote.offers.count() == 2


@pytest.mark.parametrize("end", ["withdrawn", "declined", "taken back"])
def test_it_lapses_when_the_quote_moves_on(desk, end):
    quote, waiting = offered(desk, 500)
    if end == "withdrawn":
        withdraw_quote(quote, actor=desk.lena, now=desk.now)
    elif end == "declined":
        decline_quote(quote, reason="No", offer_number=1, actor=desk.mira, now=desk.now)
    else:
        take_back_release(waiting, actor=desk.mira, now=desk.now)
    assert OfferRelease.objects.get().status == "lapsed"
    with pytest.raises(ReleaseOver):
        decide(desk.odd, waiting)
    assert quote.offers.count() == 1
    assert verify() == []


def test_a_counter_offer_lapses_what_was_meant_for_the_round_before(desk):
    quote, first = offered(desk, 700)
    assert isinstance(first, Offer)
    waiting = say(quote, desk.mira, prices((GLOVES, 100, 500)))
    say(quote, desk.lena, wish((GLOVES, 100)))
    waiting.refresh_from_db()
    assert waiting.status == "lapsed"


def test_an_expiry_lapses_it_and_it_is_never_sent_too_late(desk):
    quote, _first = offered(desk, 700)
    say(quote, desk.mira, prices((GLOVES, 100, 500)))
    assert expire_quotes(now=desk.now + timedelta(days=60)) == 1
    assert OfferRelease.objects.get(status="lapsed").quote_id == quote.pk


def test_what_would_not_hold_any_more_lapses_instead_of_going_out(desk):
    quote, waiting = offered(desk, 500)
    late = decide(desk.odd, waiting, now=desk.now + timedelta(days=60))
    assert (late.status, quote.offers.count()) == ("lapsed", 1)


def test_a_discontinued_product_is_not_offered_though_it_was_released(desk):
    quote, waiting = offered(desk, 500)
    Product.objects.filter(sku=GLOVES).update(status=Product.Status.DISCONTINUED)
    assert decide(desk.odd, waiting).status == "lapsed"
    assert quote.offers.count() == 1


def test_when_somebody_else_would_be_asked_by_now_it_is_asked_again(desk):
    """Tomas, a second manager, may release 40 %; then the goods become dearer to buy."""
    give_role(desk, "tomas", "store_manager")
    authority(desk, "tomas", discount=4_000, margin=1_200)
    cost(GLOVES, 300)
    quote, waiting = offered(desk, 500)
    assert [seat.member_id for seat in waiting.seats.all()] == [desk.member["tomas"]]
    cost(GLOVES, 499)
    tomas = fresh(desk, "tomas")
    assert decide(tomas, waiting).status == "lapsed"
    again = say(quote, desk.mira)
    assert [seat.member_id for seat in again.seats.all()] == [desk.member["odd"]]


def test_an_unknown_cost_asks_whoever_has_a_margin_to_keep(desk):
    authority(desk, "mira", discount=1_000, margin=1_200)
    Product.objects.filter(sku=GLOVES).update(cost_minor=None)
    assert isinstance(offered(desk, 750)[1], OfferRelease)
    cost(GLOVES, 300)
    assert isinstance(offered(desk, 750)[1], Offer)


def test_a_cost_in_another_currency_without_a_rate_is_unknown(desk):
    authority(desk, "mira", discount=1_000, margin=1_200)
    Product.objects.filter(sku=GLOVES).update(cost_minor=1, cost_currency="JPY")
    assert isinstance(offered(desk, 750)[1], OfferRelease)


def test_line_by_line_the_worst_line_counts(desk):
    quote = ask(desk, (GLOVES, 100), ("DRS-15", 10))
    values = prices((GLOVES, 100, 500), ("DRS-15", 10, 90_000), is_whole=False)
    assert isinstance(say(quote, desk.mira, values), OfferRelease)
    whole = prices((GLOVES, 100, 500), ("DRS-15", 10, 90_000))
    assert isinstance(say(quote, desk.mira, whole), Offer)


def test_an_author_who_has_left_offers_nothing(desk):
    quote, waiting = offered(desk, 500)
    Member.objects.filter(pk=desk.member["mira"]).update(status=Member.Status.DEACTIVATED)
    assert decide(desk.odd, waiting).status == "lapsed"
    assert quote.offers.count() == 1


def test_whoever_is_asked_is_counted(desk):
    _quote, waiting = offered(desk, 500)
    assert (count_asked_releases(desk.odd), count_asked_releases(desk.mira)) == (1, 0)
    decide(desk.odd, waiting)
    assert count_asked_releases(desk.odd) == 0


def test_only_the_author_takes_it_back(desk):
    _quote, waiting = offered(desk, 500)
    with pytest.raises(Forbidden):
        take_back_release(waiting, actor=desk.odd, now=desk.now)


def test_without_rules_about_offers_everything_goes_out(cast):
    assert isinstance(offered(cast, 1)[1], Offer)
    assert not OfferRelease.objects.exists()


def test_rules_about_offers_are_no_rules_about_purchases(desk):
    """A rulebook of offers never asks anything of what a customer buys."""
    from placet.rulebooks.queries import list_versions_in_force

    in_force = list_versions_in_force(desk.company["meridian"], [])
    offers = RulebookVersion.objects.get(rulebook__subject="offer")
    assert offers.pk not in {version.pk for version in in_force}


@pytest.mark.parametrize("who", ["mira", "ines"])
def test_only_who_manages_the_stores_rules_begins_them(cast, who):
    with pytest.raises(Forbidden):
        start_offer_rulebook(actor=getattr(cast, who), now=cast.now)


def cost(sku, minor):
    Product.objects.filter(sku=sku).update(cost_minor=minor, cost_currency="EUR")


def test_limits_are_those_of_the_cast(desk):
    assert Limit.objects.get(member_id=desk.member["mira"]).discount_basis_points == 1_000
