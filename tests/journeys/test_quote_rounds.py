"""A quote in rounds, on pages and by API, with an approval on both sides."""

from __future__ import annotations

from placet.catalog.models import Product
from placet.orders.content import read_content
from placet.orders.models import Order
from placet.quotes.models import OfferRelease, Quote
from placet.requisitions.models import Requisition
from tests.api.caller import Caller, own_key_of
from tests.cast import Cast
from tests.journeys.conftest import People
from tests.journeys.people import Day
from tests.journeys.road import answers, describes, state_of, submits
from tests.quotes.desk import authority, rules_for_offers

GLOVES, DRESSING = "GLV-M", "DRS-15"
CENTS = {GLOVES: 500, DRESSING: 1_500}
"""What Mira offers: a third off the gloves, far more than she may."""


def test_two_programs_and_four_people_agree_on_a_price(
    people: People, cast: Cast, day: Day
) -> None:
    rules_for_offers(cast)
    authority(cast, "mira", discount=1_000)
    Product.objects.filter(sku__in=CENTS).update(cost_minor=321, cost_currency="EUR")
    quote = asks(people)
    offers_too_much(people, quote)
    day.work()
    assert not day.mails_to("lena")
    released(people, quote)
    day.work()
    assert day.mails_to("lena")
    assert "500.00" in people.lena.opens("quote", quote.number)

    lena, mira = own_key_of(cast.lena), own_key_of(cast.mira)
    said(lena, quote, 2, gloves=480, dressing=1_400)
    said(mira, quote, 3, gloves=690, dressing=1_800, is_whole=False, is_final=True)
    shown = [
        [line["unit_price"] and line["unit_price"]["amount_minor"] for line in one["lines"]]
        for one in lena.get(f"/quotes/{quote.pk}").json["offers"]
    ]
    assert shown == [[None, None], [500, 1_500], [480, 1_400], [690, 1_800]]

    requisition = takes_the_dressing(people, cast, quote)
    day.work()
    assert "Rashid" not in people.mira.opens("quote", quote.pk)
    assert not Order.objects.exists()
    answers(people.rashid, requisition, "approve")
    day.undo_passes()
    assert state_of(requisition) == "ordered"
    content = read_content(bytes(Order.objects.get().content))
    bought = [(line.sku, line.quantity, line.unit_price_minor) for line in content.lines]
    assert bought == [(DRESSING, 50, 1_800)]

    page = people.lena.opens("quote", quote.number)
    (form,) = page.forms_to(people.lena.address("quote_accept", quote.number))
    assert form.offered["take"] == ["1"], "the gloves are still to be had, the dressing is not"
    quote.refresh_from_db()
    assert quote.status == "offered"


def asks(people: People) -> Quote:
    """Lena types what she wants and sends it."""
    lena = people.lena
    rows = f"{GLOVES} 100\n{DRESSING} 50"
    lena.sends(lena.opens("quote_new"), "quote_new", name="For the year", rows=rows)
    quote = Quote.objects.get()
    lena.sends(lena.opens("quote_draft", quote.number), "quote_draft", quote.number, send="1")
    assert "For the year" in people.mira.opens("quotes")
    return quote


def offers_too_much(people: People, quote: Quote) -> None:
    """Mira answers beyond her authority: it waits, and Lena sees nothing of it."""
    mira = people.mira
    page = mira.opens("quote_draft", quote.pk)
    typed = {f"line-{place}-unit_price": f"{CENTS[sku] / 100:.2f}" for place, sku in rows_of(quote)}
    waiting = mira.sends(page, "quote_draft", quote.pk, send="1", **typed)
    assert "Odd Nilsen" in waiting
    shown = people.lena.opens("quote", quote.number)
    for secret in ("500.00", "5.00", "3.21", "releas"):
        assert secret not in shown, secret
    release = OfferRelease.objects.get()
    assert not mira.visits(waiting.url).forms_to(mira.address("release_decide", release.pk))


def rows_of(quote: Quote) -> list[tuple[int, str]]:
    """The place of each line in the form, and its product."""
    lines = quote.offers.get(number=1).lines.select_related("product").order_by("number")
    return [(place, line.product.sku) for place, line in enumerate(lines) if line.product]


def released(people: People, quote: Quote) -> None:
    """Odd sees what it costs the store, and releases exactly this."""
    release, odd = OfferRelease.objects.get(), people.odd
    assert quote.number in odd.opens("releases")
    page = odd.opens("release", release.pk)
    odd.sends(page, "release_decide", release.pk, verdict="release")
    quote.refresh_from_db()
    assert quote.offers.get(number=2).content_hash == release.content_hash


def said(who: Caller, quote: Quote, seen: int, *, gloves: int, dressing: int, **more: bool) -> None:
    """One more round, by a program."""
    lines = [
        {"number": 1, "sku": GLOVES, "quantity": 100, "unit_price_minor": gloves},
        {"number": 2, "sku": DRESSING, "quantity": 50, "unit_price_minor": dressing},
    ]
    answer = who.post(f"/quotes/{quote.pk}/offers", {"offer_number": seen, "lines": lines, **more})
    assert answer.status == 201, answer.json
    assert answer.json["offer_number"] == seen + 1


def takes_the_dressing(people: People, cast: Cast, quote: Quote) -> Requisition:
    """Lena takes one line of the last offer, and submits it with the usual plan."""
    lena = people.lena
    cart = lena.sends(
        lena.opens("quote", quote.number), "quote_accept", quote.number, take="2"
    ).url.rstrip("/")
    cart_id = cart.rpartition("/")[2]
    described = describes(lena, cast, cart_id)
    assert "Submitting this accepts the offer" in described
    assert "Rashid Haddad" in described
    submits(lena, cart_id)
    return Requisition.objects.get()
