"""An offer is taken when it ends, is withdrawn or replaced: one of the two happens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from placet.carts.models import Cart
from placet.jobs.verify import verify
from placet.quotes.actions import expire_quote, save_offer_draft, send_offer, withdraw_quote
from placet.quotes.models import Acceptance, Offer, Quote
from placet.quotes.reading import read_offer
from placet.requisitions.models import Requisition
from tests.cast import NOW, Cast
from tests.ground import Failed, Ground, race
from tests.quotes.talks import GLOVES, accept, ask, prices, say, take

LATE = NOW + timedelta(days=90)


@pytest.fixture
def offered(committed_db: Ground, cast: Cast) -> tuple[Quote, Offer]:
    quote = ask(cast, (GLOVES, 100))
    return quote, say(quote, cast.mira, prices((GLOVES, 100, 700)))


def taken(cart: Cart, cast: Cast) -> str:
    return accept(cart, cast.lena).pk


def expire(quote: Quote, cast: Cast) -> str:
    return "expired" if expire_quote(quote.pk, now=LATE) else "nothing"


def withdraw(quote: Quote, cast: Cast) -> str:
    return withdraw_quote(quote, actor=cast.lena, now=NOW).status


def replace_offer(quote: Quote, cast: Cast) -> str:
    return str(send_offer(quote, offer_number=2, actor=cast.mira, now=NOW).number)


@pytest.mark.parametrize("other", [expire, withdraw, replace_offer])
def test_it_is_taken_or_it_is_over(
    offered: tuple[Quote, Offer], cast: Cast, other: Callable[[Quote, Cast], str]
) -> None:
    quote, offer = offered
    cart = take(cast, quote, offer)
    save_offer_draft(quote, values=prices((GLOVES, 100, 900)), actor=cast.mira, now=NOW)
    race([lambda: taken(cart, cast), lambda: other(quote, cast)])
    quote.refresh_from_db()
    accepted = list(Acceptance.objects.all())
    assert len(accepted) == Requisition.objects.count() == int(quote.status == "accepted")
    for one in accepted:
        # Whatever came first, what was bought is what was offered then.
        prices_of_then = [line.unit_price_minor for line in read_offer(one.offer).lines]
        lines = Requisition.objects.get(pk=one.requisition_id).revision.lines.all()
        assert [line.unit_price_minor for line in lines] == prices_of_then == [700]
    assert verify() == []


def test_ten_clicks_take_it_once(offered: tuple[Quote, Offer], cast: Cast) -> None:
    quote, offer = offered
    carts = [take(cast, quote, offer) for _click in range(5)]
    results = race([lambda cart=cart: taken(cart, cast) for cart in carts for _twice in range(2)])
    assert len([one for one in results if not isinstance(one, Failed)]) == 1
    assert Requisition.objects.count() == Acceptance.objects.count() == 1
    assert verify() == []


def test_two_answers_at_once_are_one_round(offered: tuple[Quote, Offer], cast: Cast) -> None:
    quote, _offer = offered
    save_offer_draft(quote, values=prices((GLOVES, 100, 650)), actor=cast.mira, now=NOW)
    save_offer_draft(quote, values=prices((GLOVES, 100, 600)), actor=cast.lena, now=NOW)
    results = race(
        [
            lambda: send_offer(quote, offer_number=2, actor=cast.mira, now=NOW).number,
            lambda: send_offer(quote, offer_number=2, actor=cast.lena, now=NOW).number,
        ]
    )
    assert sorted(str(one) for one in results if not isinstance(one, Failed)) == ["3"]
    assert {one.code for one in results if isinstance(one, Failed)} <= {"quote_moved", "forbidden"}
    assert list(quote.offers.order_by("number").values_list("number", flat=True)) == [1, 2, 3]
