"""The pages of quotes: what each side reads, what it types, and what the pages cost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from placet.carts.actions import describe_line
from placet.carts.lists.actions import add_list_line, create_list
from placet.carts.models import Cart
from placet.companies.actions.change_store import change_store
from placet.core.actor import Actor
from placet.documents.paper import Paper
from placet.documents.quote import quote_paper
from placet.quotes.actions import OfferValues, draft_quote, save_offer_draft, send_offer
from placet.quotes.drafting import DraftLine
from placet.quotes.models import Quote
from placet.requisitions.models import Requisition
from tests.cast import Cast
from tests.quotes.talks import DRESSING, GLOVES, ask, prices, say, wish
from tests.requisitions.road import fill_cart
from tests.web.pages import as_actor, page, queries_of

pytestmark = pytest.mark.django_db


def post(who: Actor, path: str, fields: Any, status: int = 302) -> str:
    browser: Client = as_actor(who)
    answered = browser.post(f"/c/{who.company_slug}/{path}", fields)
    assert answered.status_code == status, answered.status_code
    return str(answered.headers.get("Location", "")) or answered.content.decode()


def typed(*lines: dict[str, str], **more: str) -> dict[str, str]:
    """The editor's form as a browser sends it."""
    fields = {"name": "Gloves", "line-TOTAL_FORMS": str(len(lines)), "line-INITIAL_FORMS": "0"}
    for place, line in enumerate(lines):
        fields |= {f"line-{place}-{name}": value for name, value in line.items()}
    return fields | {"is_whole": "1"} | more


def test_from_typed_rows_to_an_offer_in_a_cart(cast: Cast) -> None:
    draft = post(cast.lena, "quotes/new/", {"name": "Gloves", "rows": f"{GLOVES} 100"})
    quote = Quote.objects.get()
    assert draft == f"/c/meridian/quotes/{quote.number}/draft/"
    line = {"sku": GLOVES, "quantity": "100", "note": "Powder-free"}
    post(cast.lena, f"quotes/{quote.number}/draft/", typed(line, seen="0", send="1"))
    desk = page(cast.mira, f"quotes/{quote.pk}/")
    assert "Powder-free" in desk
    assert "asks what this would cost" in desk
    answer = {"number": "1", "sku": GLOVES, "quantity": "100", "unit_price": "6.40"}
    post(cast.mira, f"quotes/{quote.pk}/draft/", typed(answer, seen="1", send="1"))
    shown = page(cast.lena, f"quotes/{quote.number}/")
    assert "6.40" in shown
    assert "640.00" in shown
    assert "Mira Dahl" not in shown  # To the customer the supplier is one.
    offer = quote.offers.get(number=2)
    cart = post(
        cast.lena,
        f"quotes/{quote.number}/accept/",
        {"hash": offer.content_hash, "whole": "1"},
    )
    made = Cart.objects.get(pk=cart.rstrip("/").split("/")[-1])
    assert made.quoted["offer"] == offer.pk
    assert "Submitting this accepts the offer" in page(cast.lena, f"carts/{made.pk}/")
    assert not Requisition.objects.exists()


def test_what_was_typed_comes_back_with_the_fault(cast: Cast) -> None:
    quote = ask(cast, (GLOVES, 100))
    line = {"number": "1", "sku": GLOVES, "quantity": "100", "unit_price": "six", "note": "Canary"}
    shown = post(cast.mira, f"quotes/{quote.pk}/draft/", typed(line, seen="1", send="1"), 422)
    assert "Canary" in shown
    assert 'value="six"' in shown
    without = {**line, "unit_price": ""}
    shown = post(cast.mira, f"quotes/{quote.pk}/draft/", typed(without, seen="1", send="1"), 422)
    assert "Say a price for every line." in shown
    quote.refresh_from_db()
    assert (quote.status, quote.drafts.count()) == ("requested", 0)


def test_no_side_reads_what_the_other_is_writing(cast: Cast) -> None:
    quote = ask(cast, (GLOVES, 100))
    secret = OfferValues([DraftLine(1, GLOVES, "", 100, 0, 12_345, note="CANARY")])
    save_offer_draft(quote, values=secret, actor=cast.mira, now=cast.now)
    for path in (f"quotes/{quote.number}/", f"quotes/{quote.number}/draft/", "quotes/"):
        shown = page(cast.lena, path)
        assert "CANARY" not in shown
        assert "123.45" not in shown
    draft_quote("UNSENT", values=wish((GLOVES, 1)), actor=cast.lena, now=cast.now)
    assert "UNSENT" not in page(cast.mira, "quotes/")


def test_a_cart_becomes_a_request_and_stays(cast: Cast) -> None:
    cart = fill_cart(cast, (GLOVES, 20), (DRESSING, 3))
    post(cast.lena, "quotes/new/", {"cart": cart.pk})
    quote = Quote.objects.get()
    assert quote.name == cart.name
    assert [line["sku"] for line in quote.drafts.get().lines] == [GLOVES, DRESSING]
    assert cart.lines.count() == 2


def test_notes_of_carts_and_lists_stay_inside_the_company(cast: Cast) -> None:
    cart = fill_cart(cast, (GLOVES, 20))
    line = cart.lines.get()
    describe_line(line, note="CANARY of the cart", actor=cast.lena, now=cast.now)
    ward = create_list("Ward needs", actor=cast.lena, now=cast.now)
    said = "CANARY of the list"
    add_list_line(ward, sku=GLOVES, quantity=20, note=said, actor=cast.lena, now=cast.now)
    for sent in ({"cart": cart.pk}, {"purchase_list": ward.pk}):
        draft = post(cast.lena, "quotes/new/", sent)
        assert GLOVES in page(cast.lena, draft.removeprefix("/c/meridian/"))
        quote = Quote.objects.latest("id")
        send_offer(quote, offer_number=0, actor=cast.lena, now=cast.now)
        shown = page(cast.mira, f"quotes/{quote.pk}/")
        assert GLOVES in shown
        assert "CANARY" not in shown


@pytest.mark.parametrize("number", ["x", "-1", "1e3", "9" * 30, ""])
def test_odd_choices_are_refused_on_the_page(cast: Cast, number: str) -> None:
    quote = ask(cast, (GLOVES, 100))
    offer = say(quote, cast.mira, prices((GLOVES, 100, 700), is_whole=False, minimum=1))
    fields = {"hash": offer.content_hash, "take": "1", "quantity-1": number}
    post(cast.lena, f"quotes/{quote.number}/accept/", fields, 422)
    assert not Cart.objects.exists()


def test_an_offer_that_was_replaced_is_shown_as_it_is_now(cast: Cast) -> None:
    quote = ask(cast, (GLOVES, 100))
    offer = say(quote, cast.mira, prices((GLOVES, 100, 700)))
    say(quote, cast.mira, prices((GLOVES, 100, 900)))
    shown = post(
        cast.lena,
        f"quotes/{quote.number}/accept/",
        {"hash": offer.content_hash, "whole": "1"},
        409,
    )
    assert "There is a later offer" in shown
    assert "9.00" in shown


def test_the_page_costs_the_same_for_five_and_fifty_lines(cast: Cast) -> None:
    def costs(count: int) -> int:
        words = [DraftLine(n, "", f"Thing {n}", n) for n in range(1, count + 1)]
        quote = draft_quote("Things", values=OfferValues(words), actor=cast.lena, now=cast.now)
        say(quote, cast.lena)
        return queries_of(cast.mira, f"quotes/{quote.pk}/")

    assert costs(5) == costs(50) <= 32


def test_the_list_costs_the_same_for_two_and_twenty(cast: Cast) -> None:
    def costs() -> int:
        return queries_of(cast.mira, "quotes/")

    for _round in range(2):
        ask(cast, (GLOVES, 1))
    few = costs()
    for _round in range(18):
        ask(cast, (GLOVES, 1))
    assert costs() == few <= 26


def test_what_the_catalog_does_not_have_is_asked_for_in_words(cast: Cast) -> None:
    rows = f"{GLOVES} 100\nA trolley for six pumps\n{GLOVES} 20"
    post(cast.lena, "quotes/new/", {"name": "Ward", "rows": rows})
    lines = Quote.objects.get().drafts.get().lines
    assert [(line["sku"], line["name"], line["quantity"]) for line in lines] == [
        (GLOVES, "Nitrile gloves, M", 120),
        ("", "A trolley for six pumps", 1),
    ]


def test_the_last_offer_on_paper_names_no_draft_and_nobody_of_the_supplier(cast: Cast) -> None:
    quote = ask(cast, (GLOVES, 100))
    say(quote, cast.mira, prices((GLOVES, 100, 700)))
    secret = OfferValues([DraftLine(1, GLOVES, "", 100, 0, 12_345)])
    save_offer_draft(quote, values=secret, actor=cast.mira, now=cast.now)
    shown = texts(quote_paper(quote, reader=cast.lena, now=cast.now))
    assert "700.00" in shown
    assert "Norden Supply" in shown
    assert "Mira Dahl" not in shown
    assert "123.45" not in shown
    assert "Mira Dahl" in texts(quote_paper(quote, reader=cast.mira, now=cast.now))
    answer = as_actor(cast.lena).get(f"/c/meridian/quotes/{quote.number}/quote.pdf")
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")


def texts(paper: Paper) -> str:
    """Everything that stands on a paper."""
    return repr(paper)


def test_a_new_offer_starts_with_the_days_of_the_store(cast: Cast) -> None:
    change_store(quote_valid_days=45, actor=cast.odd, now=cast.now)
    quote = ask(cast, (GLOVES, 10))
    day = (cast.now.date() + timedelta(days=45)).isoformat()
    assert day in page(cast.mira, f"quotes/{quote.pk}/draft/")
    say(quote, cast.mira, prices((GLOVES, 10, 600)))
    assert day not in page(cast.lena, f"quotes/{quote.number}/draft/")
