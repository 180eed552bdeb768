"""The desk's pages: figures beside an offer, what waits to be released, and who sees none of it."""

from __future__ import annotations

import pytest

from placet.catalog.models import Product
from placet.events.models import Event, EventPrivate
from placet.quotes.actions import see_quote, withdraw_quote
from placet.quotes.models import OfferRelease, Quote, QuoteTemplate
from tests.cast import Cast
from tests.quotes.desk import authority, rules_for_offers
from tests.quotes.talks import GLOVES, ask, prices, say
from tests.web.pages import as_actor, page, queries_of
from tests.web.quotes.test_quotes import post, typed

pytestmark = pytest.mark.django_db

COST, MARGIN = "4.32", "13.60"
"""Of gloves at 5.00: nobody but the merchant ever reads either."""


@pytest.fixture
def desk(cast: Cast) -> Cast:
    rules_for_offers(cast)
    authority(cast, "mira", discount=1_000)
    Product.objects.filter(sku=GLOVES).update(cost_minor=432, cost_currency="EUR")
    return cast


def line(price: str) -> dict[str, str]:
    return {"number": "1", "sku": GLOVES, "quantity": "100", "unit_price": price}


def waits(cast: Cast) -> tuple[Quote, OfferRelease]:
    """Mira offers more than she may, on the page."""
    quote = ask(cast, (GLOVES, 100))
    where = post(cast.mira, f"quotes/{quote.pk}/draft/", typed(line("5.00"), seen="1", send="1"))
    release = OfferRelease.objects.get()
    assert where == f"/c/norden/releases/{release.pk}/"
    return quote, release


def test_the_form_shows_what_an_offer_leaves_while_it_is_typed(desk: Cast) -> None:
    quote = ask(desk, (GLOVES, 100))
    shown = post(desk.mira, f"quotes/{quote.pk}/figures/", typed(line("7.00")), 200)
    assert "Within your authority" in shown
    assert "6.67" in shown
    assert COST in shown
    shown = post(desk.mira, f"quotes/{quote.pk}/figures/", typed(line("5.00")), 200)
    assert "Odd Nilsen must release it" in shown
    assert MARGIN in shown
    assert "33.34" in shown
    assert not quote.drafts.exists()


def test_from_the_form_to_the_customer_by_way_of_the_owner(desk: Cast) -> None:
    quote, release = waits(desk)
    assert MARGIN in page(desk.odd, f"releases/{release.pk}/")
    assert "Release and send" not in page(desk.mira, f"releases/{release.pk}/")
    assert quote.number in page(desk.odd, "releases/")
    assert "An offer waits to be released" in page(desk.mira, f"quotes/{quote.pk}/")
    answer = {"verdict": "decline", "hash": release.content_hash, "reason": " "}
    assert "Say why" in post(desk.odd, f"releases/{release.pk}/decide/", answer, 422)
    post(
        desk.odd,
        f"releases/{release.pk}/decide/",
        {"verdict": "release", "hash": release.content_hash},
    )
    shown = page(desk.lena, f"quotes/{quote.number}/")
    assert "500.00" in shown
    assert "Odd Nilsen" not in shown


@pytest.mark.parametrize("is_sent", [False, True])
def test_no_buyer_reads_a_cost_a_margin_or_a_release(desk: Cast, is_sent: bool) -> None:
    quote, release = waits(desk)
    if is_sent:
        answer = {"verdict": "release", "hash": release.content_hash}
        post(desk.odd, f"releases/{release.pk}/decide/", answer)
    for who in (desk.lena, desk.helena, desk.ines, desk.aron):
        for path in (f"quotes/{quote.number}/", "quotes/"):
            shown = page(who, path)
            for secret in (COST, MARGIN, "1,360", release.pk, "releas", "authority"):
                assert secret not in shown, (who.name, path, secret)
        for path in ("releases/", f"releases/{release.pk}/", "offer-templates/"):
            assert as_actor(who).get(f"/c/meridian/{path}").status_code == 404
    told = Event.objects.filter(company_id=desk.company["meridian"])
    words = [*told.values_list("payload", flat=True)]
    words += EventPrivate.objects.filter(event__in=told).values_list("payload", flat=True)
    assert release.pk not in " ".join(words)
    assert desk.member["odd"] not in " ".join(words)


def test_the_pages_cost_the_same_for_one_line_and_many(desk: Cast) -> None:
    skus = list(Product.objects.filter(status="active").values_list("sku", flat=True)[:12])
    few = say(ask(desk, (skus[0], 5)), desk.mira, prices((skus[0], 5, 1)))
    many_lines = [(sku, 5) for sku in skus]
    many = say(ask(desk, *many_lines), desk.mira, prices(*[(sku, 5, 1) for sku in skus]))
    assert isinstance(few, OfferRelease)
    assert isinstance(many, OfferRelease)
    counts = [queries_of(desk.odd, f"releases/{one.pk}/") for one in (few, many)]
    assert counts[0] == counts[1] <= 40
    drafts = [queries_of(desk.mira, f"quotes/{one.quote_id}/draft/") for one in (few, many)]
    assert drafts[0] == drafts[1] <= 50


def test_templates_are_kept_from_a_draft_and_put_into_the_next(desk: Cast) -> None:
    quote = ask(desk, (GLOVES, 100))
    post(desk.mira, f"quotes/{quote.pk}/draft/", typed(line("7.00"), seen="1"))
    post(desk.mira, f"quotes/{quote.pk}/template/keep/", {"name": "Gloves", "valid_days": "14"})
    template = QuoteTemplate.objects.get()
    assert "7.00" in page(desk.mira, "offer-templates/")
    other = ask(desk, (GLOVES, 30))
    post(desk.mira, f"quotes/{other.pk}/template/", {"template": template.pk})
    (kept,) = other.drafts.get().lines
    assert (kept["quantity"], kept["unit_price_minor"]) == (30, 700)
    assert (other.drafts.get().valid_until - desk.now.date()).days == 14
    post(desk.mira, f"offer-templates/{template.pk}/discard/", {})
    assert not QuoteTemplate.objects.exists()


def test_each_side_sees_that_the_other_has_looked(desk: Cast) -> None:
    quote = ask(desk, (GLOVES, 100))
    assert "Seen by the other side" not in page(desk.lena, f"quotes/{quote.number}/")
    page(desk.mira, f"quotes/{quote.pk}/")
    assert "Seen by the other side" in page(desk.lena, f"quotes/{quote.number}/")
    say(quote, desk.mira, prices((GLOVES, 100, 700)))
    assert "Seen by the other side" not in page(desk.mira, f"quotes/{quote.pk}/")
    see_quote(quote, actor=desk.aron, now=desk.now)
    assert "Seen by the other side" not in page(desk.mira, f"quotes/{quote.pk}/")
    page(desk.lena, f"quotes/{quote.number}/")
    assert "Seen by the other side" in page(desk.mira, f"quotes/{quote.pk}/")


def test_words_about_a_line_stand_beside_it_for_both(desk: Cast) -> None:
    quote = ask(desk, (GLOVES, 100))
    post(desk.mira, f"quotes/{quote.pk}/lines/1/messages/", {"text": "Which size?"})
    post(desk.lena, f"quotes/{quote.number}/lines/1/messages/", {"text": "Size M."})
    for who, key in ((desk.mira, quote.pk), (desk.lena, quote.number)):
        shown = page(who, f"quotes/{key}/")
        assert "Which size?" in shown
        assert "Size M." in shown
    assert quote.line_threads.count() == 1
    missing = as_actor(desk.mira).post(
        f"/c/norden/quotes/{quote.pk}/lines/7/messages/", {"text": "?"}
    )
    assert missing.status_code == 404


def test_somebody_takes_a_quote_in_hand_and_the_buyer_learns_nothing(desk: Cast) -> None:
    quote = ask(desk, (GLOVES, 100))
    before = Quote.objects.get(pk=quote.pk)
    post(desk.mira, f"quotes/{quote.pk}/assignment/", {"member": desk.member["odd"]})
    after = Quote.objects.get(pk=quote.pk)
    assert after.assigned_to_id == desk.member["odd"]
    assert (after.version, after.changed_at) == (before.version, before.changed_at)
    assert "Odd Nilsen" not in page(desk.lena, f"quotes/{quote.number}/")
    assert "Odd Nilsen: 1 of 1 wait" in page(desk.mira, "quotes/")
    post(desk.mira, f"quotes/{quote.pk}/assignment/", {"member": desk.member["lena"]}, 422)


def test_what_came_to_nothing_is_asked_again(desk: Cast) -> None:
    quote = ask(desk, (GLOVES, 100))
    withdraw_quote(quote, actor=desk.lena, now=desk.now)
    assert "Ask again" in page(desk.lena, f"quotes/{quote.number}/")
    post(desk.lena, f"quotes/{quote.number}/again/", {})
    fresh = Quote.objects.exclude(pk=quote.pk).get()
    assert (fresh.status, fresh.drafts.get().lines[0]["quantity"]) == ("draft", 100)
