"""Two sides take turns; what was said never changes, and no side reads what the other drafts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from placet.companies.actions.change_store import change_store
from placet.companies.models import Company
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from placet.events.models import Event
from placet.quotes.actions import (
    OfferValues,
    discard_quote,
    draft_quote,
    save_offer_draft,
    send_offer,
)
from placet.quotes.drafting import DraftLine
from placet.quotes.lifecycle import QuoteMoved
from placet.quotes.models import Offer, OfferLine, Quote
from placet.quotes.queries import find_draft, get_quote, list_offers, list_quotes
from tests.quotes.talks import DRESSING, GLOVES, TODAY, ask, prices, say, wish

pytestmark = pytest.mark.django_db


def test_three_rounds_are_kept_as_they_were_said(cast):
    quote = ask(cast, (GLOVES, 100), (DRESSING, 10))
    say(quote, cast.mira, prices((GLOVES, 100, 700), (DRESSING, 10, 900)))
    say(quote, cast.lena, prices((GLOVES, 100, 600), (DRESSING, 10, 900)))
    say(quote, cast.mira, prices((GLOVES, 100, 620), (DRESSING, 10, 880), is_final=True))
    assert (quote.status, quote.offer_number) == ("offered", 4)
    said = [
        (offer.side, [line.unit_price_minor for line in offer.lines.all()])
        for offer in list_offers(quote)
    ]
    assert said == [
        ("buyer", [None, None]),
        ("merchant", [700, 900]),
        ("buyer", [600, 900]),
        ("merchant", [620, 880]),
    ]
    told = Event.objects.filter(subject=quote.pk).order_by("seq").values_list("type", flat=True)
    assert list(told) == [
        "quote.drafted",
        "quote.requested",
        "quote.offered",
        "quote.countered",
        "quote.offered",
    ]


def test_an_offer_never_changes(cast):
    quote = ask(cast, (GLOVES, 100))
    for table in (Offer, OfferLine):
        with pytest.raises(DatabaseError), transaction.atomic():
            table.objects.all().update(number=9)
        with pytest.raises(DatabaseError), transaction.atomic():
            table.objects.all().delete()
    assert quote.offers.get().number == 1


def test_nobody_else_knows_of_a_draft(cast):
    quote = draft_quote("Gloves", values=wish((GLOVES, 100)), actor=cast.lena, now=cast.now)
    assert get_quote(cast.lena, quote.number) == quote
    for other in (cast.mira, cast.rashid, cast.pavel, cast.ola, cast.ines):
        with pytest.raises(NotFound):
            get_quote(other, quote.pk)


def test_the_sides_read_what_was_sent_and_not_what_is_being_written(cast):
    quote = ask(cast, (GLOVES, 100))
    save_offer_draft(quote, values=prices((GLOVES, 100, 500)), actor=cast.mira, now=cast.now)
    assert find_draft(cast.lena, quote) is None
    assert find_draft(cast.mira, quote).lines[0]["unit_price_minor"] == 500
    assert len(list_offers(quote)) == 1


def test_who_sees_it(cast):
    quote = ask(cast, (GLOVES, 100))
    seen = [cast.lena, cast.rashid, cast.helena, cast.mira, cast.odd]
    assert all(quote in list_quotes(one) for one in seen)
    unseen = [cast.pavel, cast.ola, cast.jan, cast.tomas, cast.yuna]
    assert not any(quote in list_quotes(one) for one in unseen)


@pytest.mark.parametrize("who", ["rashid", "pavel", "ola", "tomas", "ines"])
def test_only_the_requester_and_the_quotes_desk_speak(cast, who):
    quote = ask(cast, (GLOVES, 100))
    say(quote, cast.mira, prices((GLOVES, 100, 700)))
    with pytest.raises((Forbidden, NotFound)):
        save_offer_draft(
            quote, values=prices((GLOVES, 100, 1)), actor=getattr(cast, who), now=cast.now
        )
    assert quote.drafts.count() == 0


def test_who_may_not_order_asks_for_no_quote(cast):
    for who in (cast.aron, cast.mira):
        with pytest.raises(Forbidden):
            draft_quote("Gloves", values=wish((GLOVES, 1)), actor=who, now=cast.now)
    assert not Quote.objects.exists()


def test_nobody_answers_an_offer_that_they_have_not_seen(cast):
    quote = ask(cast, (GLOVES, 100))
    say(quote, cast.mira, prices((GLOVES, 100, 700)))
    save_offer_draft(quote, values=prices((GLOVES, 100, 600)), actor=cast.lena, now=cast.now)
    say(quote, cast.mira, prices((GLOVES, 100, 650)))
    with pytest.raises(QuoteMoved) as error:
        send_offer(quote, offer_number=2, actor=cast.lena, now=cast.now)
    assert error.value.facts["offer_number"] == 3
    assert find_draft(cast.lena, quote) is not None  # What she wrote is not lost.


def test_a_colleague_at_the_desk_does_not_write_over_a_draft(cast):
    quote = ask(cast, (GLOVES, 100))
    values = prices((GLOVES, 100, 700))
    save_offer_draft(quote, values=values, version=0, actor=cast.mira, now=cast.now)
    with pytest.raises(Conflict):
        save_offer_draft(quote, values=values, version=0, actor=cast.odd, now=cast.now)


def test_the_buyer_waits_for_the_first_offer(cast):
    quote = ask(cast, (GLOVES, 100))
    with pytest.raises(Conflict):
        save_offer_draft(quote, values=prices((GLOVES, 100, 1)), actor=cast.lena, now=cast.now)


def test_something_that_is_not_in_the_catalog_is_asked_for_in_words(cast):
    words = OfferValues([DraftLine(1, "", "A trolley for six pumps", 2)])
    quote = draft_quote("Trolleys", values=words, actor=cast.lena, now=cast.now)
    say(quote, cast.lena)
    with pytest.raises(InvalidInput) as error:
        say(quote, cast.mira, OfferValues([DraftLine(1, "", "A trolley", 2, 0, 30_000)]))
    assert (error.value.path, error.value.code) == ("lines/0/sku", "no_product")
    say(quote, cast.mira, prices((GLOVES, 2, 30_000)))
    assert quote.status == "offered"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (DraftLine(1, "NO-SUCH", "", 1), "unknown"),
        (DraftLine(1, "", " ", 1), "required"),
        (DraftLine(1, "", "A\x00B", 1), "text"),
        (DraftLine(1, "", "x" * 201, 1), "text"),
        (DraftLine(1, GLOVES, "", 0), "quantity"),
        (DraftLine(1, GLOVES, "", -1), "quantity"),
        (DraftLine(1, GLOVES, "", 10**18), "quantity"),
        (DraftLine(1, GLOVES, "", 5, 6), "minimum"),
        (DraftLine(1, GLOVES, "", 5, 0, -1), "price"),
        (DraftLine(1, GLOVES, "", 5, 0, 10**18), "price"),
    ],
)
def test_a_bad_line_is_refused_and_nothing_is_written(cast, line, code):
    with pytest.raises(InvalidInput) as error:
        draft_quote("Gloves", values=OfferValues([line]), actor=cast.lena, now=cast.now)
    assert error.value.code == code
    assert not Quote.objects.exists()


def test_a_product_stands_once(cast):
    with pytest.raises(InvalidInput) as error:
        draft_quote("Twice", values=wish((GLOVES, 1), (GLOVES, 2)), actor=cast.lena, now=cast.now)
    assert error.value.code == "same_product"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        (prices(), "no_lines"),
        (wish((GLOVES, 100)), "open_price"),
        (prices((GLOVES, 100, 5), valid_until=TODAY - timedelta(days=1)), "in_the_past"),
    ],
)
def test_an_offer_lacks_nothing(cast, values, code):
    quote = ask(cast, (GLOVES, 100))
    with pytest.raises(InvalidInput) as error:
        say(quote, cast.mira, values)
    assert error.value.code == code
    quote.refresh_from_db()
    assert (quote.status, quote.offer_number) == ("requested", 1)


def test_a_draft_is_thrown_away_and_a_request_is_not(cast):
    quote = draft_quote("Gloves", values=wish((GLOVES, 1)), actor=cast.lena, now=cast.now)
    discard_quote(quote, actor=cast.lena, now=cast.now)
    assert not list_quotes(cast.lena)
    sent = ask(cast, (GLOVES, 1))
    with pytest.raises(Forbidden):
        discard_quote(sent, actor=cast.lena, now=cast.now)


def test_a_suspended_company_asks_for_nothing_more(cast):
    quote = ask(cast, (GLOVES, 100))
    Company.objects.filter(pk=quote.company_id).update(status=Company.Status.SUSPENDED)
    with pytest.raises(Forbidden):
        say(quote, cast.mira, prices((GLOVES, 100, 700)))
    with pytest.raises(Forbidden):
        draft_quote("More", values=wish((GLOVES, 1)), actor=cast.lena, now=cast.now)


def test_a_program_of_another_company_finds_nothing(cast):
    quote = ask(cast, (GLOVES, 100))
    key = replace(cast.ola, channel="api", member_id="", user_id="")
    with pytest.raises(NotFound):
        get_quote(key, quote.pk)


def test_without_a_day_an_offer_holds_as_long_as_the_store_says(cast):
    change_store(quote_valid_days=45, actor=cast.odd, now=cast.now)
    quote = ask(cast, (GLOVES, 10))
    say(quote, cast.mira, prices((GLOVES, 10, 600), valid_until=None))
    asked, offered = list_offers(quote)
    assert asked.valid_until == TODAY + timedelta(days=30)
    assert offered.valid_until == TODAY + timedelta(days=45)
