"""An offer is taken once, at its prices, while it holds, and is approved like any purchase."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from placet.carts.actions import change_line, describe_cart, remove_line
from placet.carts.models import Cart
from placet.carts.pricing import price_cart
from placet.catalog.models import Price, Product, Promotion
from placet.companies.actions import change_company
from placet.companies.models import Company
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from placet.jobs.verify import verify
from placet.orders.content import read_content
from placet.orders.models import Order
from placet.plans.planner import plan_cart
from placet.quotes.actions import (
    decline_quote,
    draft_quote,
    expire_quotes,
    prepare_acceptance,
    reopen_quotes,
    send_offer,
    submit_purchase,
    withdraw_quote,
)
from placet.quotes.lifecycle import QuoteMoved
from placet.quotes.models import Acceptance
from placet.quotes.queries import list_taken
from placet.quotes.whole_offers import OfferNotAcceptable
from placet.requisitions.actions import (
    edit_requisition,
    keep_edit,
    submit_cart,
    withdraw_requisition,
)
from placet.requisitions.models import CarryOver, Decision, Requisition
from tests.quotes.talks import (
    DRESSING,
    GLOVES,
    INFUSION_SET,
    NEXT_MONTH,
    TODAY,
    accept,
    ask,
    prices,
    say,
    take,
    wish,
)
from tests.requisitions.road import answer, asked, submit
from tests.requisitions.test_edit_requisition import resubmit

pytestmark = pytest.mark.django_db


def at_once(actor):
    """The same person through the API, where a decision does not wait to be undone."""
    return replace(actor, channel="api")


@pytest.fixture
def offered(cast):
    """A quote of 100 gloves at 7.00 and 10 dressings at 9.00, to be taken whole."""
    quote = ask(cast, (GLOVES, 100), (DRESSING, 10))
    offer = say(quote, cast.mira, prices((GLOVES, 100, 700), (DRESSING, 10, 900)))
    return quote, offer


def test_a_taken_offer_is_a_requisition_at_its_prices_with_the_usual_plan(cast, offered):
    quote, offer = offered
    requisition = accept(take(cast, quote, offer), cast.lena)
    content = read_content(requisition.revision.content)
    assert [(line.sku, line.quantity, line.unit_price_minor) for line in content.lines] == [
        (GLOVES, 100, 700),
        (DRESSING, 10, 900),
    ]
    assert (content.source, content.goods_minor) == ("quote", 79_000)
    assert (content.quote.number, content.quote.offer_number) == (quote.number, 2)
    assert requisition.status == "pending"
    assert "rashid" in asked(cast, requisition)
    quote.refresh_from_db()
    assert quote.status == "accepted"
    answer(requisition, "approve", actor=cast.rashid, now=cast.now)
    assert Acceptance.objects.get().requisition_id == requisition.pk


def test_its_cart_cannot_be_submitted_past_the_offer(cast, offered):
    quote, offer = offered
    cart = Cart.objects.get(pk=take(cast, quote, offer).pk)
    planned = plan_cart(cart, price_cart(cart, now=cast.now), actor=cast.lena, now=cast.now)
    with pytest.raises(Conflict):
        submit_cart(cart, plan_hash=planned.hash, actor=cast.lena, now=cast.now)
    assert not Requisition.objects.exists()


def test_an_offer_is_taken_once(cast, offered):
    quote, offer = offered
    first = take(cast, quote, offer)
    Cart.objects.filter(pk=first.pk).update(status=Cart.Status.ARCHIVED)
    second = take(cast, quote, offer)
    Cart.objects.filter(pk=first.pk).update(status=Cart.Status.OPEN)
    accept(first, cast.lena)
    with pytest.raises((Forbidden, OfferNotAcceptable)):
        accept(second, cast.lena)
    assert Requisition.objects.count() == 1


def test_a_second_click_finds_the_cart_of_the_first(cast, offered):
    quote, offer = offered
    first = take(cast, quote, offer)
    assert take(cast, quote, offer) == first
    line = first.lines.get(product__sku=GLOVES)
    change_line(line, quantity=90, version=line.version, actor=cast.lena, now=cast.now)
    another = take(cast, quote, offer)
    assert another != first
    assert another.lines.get(product__sku=GLOVES).quantity != 90


@pytest.mark.parametrize("who", ["rashid", "pavel", "ola", "mira"])
def test_only_the_requester_takes_it(cast, offered, who):
    quote, offer = offered
    with pytest.raises((Forbidden, NotFound)):
        prepare_acceptance(
            quote, offer_hash=offer.content_hash, actor=getattr(cast, who), now=cast.now
        )


def test_what_was_not_offered_is_not_taken_at_the_offered_price(cast, offered):
    quote, offer = offered
    cart = take(cast, quote, offer)
    line = cart.lines.get(product__sku=GLOVES)
    change_line(line, quantity=90, version=line.version, actor=cast.lena, now=cast.now)
    with pytest.raises((InvalidInput, OfferNotAcceptable)):
        accept(cart, cast.lena)
    assert not Requisition.objects.exists()


def test_an_offer_is_not_taken_on_other_terms_of_payment(cast, offered):
    quote, offer = offered
    change_company(
        Company.objects.get(slug="meridian"),
        offered_terms=["prepayment"],
        actor=cast.odd,
        now=cast.now,
    )
    cart = take(cast, quote, offer)
    describe_cart(cart, terms="prepayment", actor=cast.lena, now=cast.now)
    with pytest.raises(InvalidInput) as refused:
        accept(cart, cast.lena)
    assert refused.value.path == "terms"
    assert not Requisition.objects.exists()
    describe_cart(cart, terms=offer.terms, actor=cast.lena, now=cast.now)
    assert read_content(accept(cart, cast.lena).revision.content).terms == offer.terms


@pytest.mark.parametrize("is_in_a_cart", [False, True])
def test_an_offered_price_is_for_as_many_pieces_as_it_was_offered_for(cast, offered, is_in_a_cart):
    quote, offer = offered
    cart = take(cast, quote, offer) if is_in_a_cart else None
    Product.objects.filter(sku=GLOVES).update(price_quantity=100)
    if cart is not None:
        with pytest.raises(InvalidInput):
            accept(cart, cast.lena)
        assert not Requisition.objects.exists()
    content = read_content(accept(take(cast, quote, offer), cast.lena).revision.content)
    assert (content.lines[0].unit_price_minor, content.goods_minor) == (70_000, 79_000)


def test_lines_are_taken_separately_and_the_rest_stays_open(cast):
    quote = ask(cast, (GLOVES, 100), (DRESSING, 10))
    values = prices((GLOVES, 100, 700), (DRESSING, 10, 900), is_whole=False, minimum=5)
    offer = say(quote, cast.mira, values)
    accept(take(cast, quote, offer, {1: 60}), cast.lena)
    quote.refresh_from_db()
    assert (quote.status, list_taken(quote)) == ("offered", {1})
    with pytest.raises(OfferNotAcceptable) as error:
        take(cast, quote, offer, {1: 40})
    assert error.value.facts["reason"] == "taken"
    accept(take(cast, quote, offer), cast.lena)
    quote.refresh_from_db()
    assert (quote.status, list_taken(quote)) == ("accepted", {1, 2})
    assert Requisition.objects.count() == 2


def test_a_later_offer_takes_the_place_of_the_one_that_is_in_a_cart(cast, offered):
    quote, offer = offered
    cart = take(cast, quote, offer)
    say(quote, cast.mira, prices((GLOVES, 100, 800), (DRESSING, 10, 900)))
    with pytest.raises(OfferNotAcceptable) as error:
        accept(cart, cast.lena)
    assert error.value.facts["reason"] == "not_last"
    assert not Requisition.objects.exists()
    with pytest.raises(OfferNotAcceptable):
        take(cast, quote, offer)


def test_a_dearer_later_offer_never_rides_on_an_older_approval(cast):
    quote = ask(cast, (INFUSION_SET, 10))
    offer = say(quote, cast.mira, prices((INFUSION_SET, 10, 9_000)))
    requisition = accept(take(cast, quote, offer), cast.lena)
    answer(requisition, "approve", actor=at_once(cast.rashid), now=cast.now)
    withdraw_requisition(requisition, actor=cast.lena, now=cast.now)
    reopen_quotes(now=cast.now)
    quote.refresh_from_db()
    later = say(quote, cast.mira, prices((INFUSION_SET, 10, 9_100)))
    again = accept(take(cast, quote, later), cast.lena)
    assert (again.pk != requisition.pk, again.status) == (True, "pending")
    assert asked(cast, again) == {"rashid"}
    assert not Decision.objects.filter(step__requisition=again).exists()
    assert not CarryOver.objects.filter(step__requisition=again).exists()


def test_a_rejection_opens_the_offer_again_while_it_holds(cast, offered):
    quote, offer = offered
    requisition = accept(take(cast, quote, offer), cast.lena)
    answer(requisition, "reject", actor=at_once(cast.rashid), now=cast.now, reason="Too many")
    assert reopen_quotes(now=cast.now + timedelta(days=60)) == 0
    assert reopen_quotes(now=cast.now) == 1
    assert reopen_quotes(now=cast.now) == 0
    quote.refresh_from_db()
    assert (quote.status, list_taken(quote)) == ("offered", set())
    accept(take(cast, quote, offer), cast.lena)


def test_an_edit_that_is_kept_when_its_purchase_ended_takes_no_offer_with_it(cast, offered):
    """Else the offered prices were had twice: by the kept cart, and by the offer that is open."""
    quote, offer = offered
    requisition = accept(take(cast, quote, offer), cast.lena)
    cart = edit_requisition(requisition, actor=cast.lena, now=cast.now)
    assert cart.quoted
    withdraw_requisition(requisition, actor=cast.lena, now=cast.now)
    again = submit(keep_edit(cart, actor=cast.lena, now=cast.now), actor=cast.lena, now=cast.now)
    content = read_content(again.revision.content)
    assert (content.quote, content.lines[0].unit_price_minor) == (None, 750)
    accept(take(cast, quote, offer), cast.lena)
    assert verify() == []


def test_what_was_edited_and_then_withdrawn_is_an_ordinary_cart_again(cast, offered):
    quote, offer = offered
    requisition = accept(take(cast, quote, offer), cast.lena)
    cart = edit_requisition(requisition, actor=cast.lena, now=cast.now)
    line = cart.lines.get(product__sku=GLOVES)
    change_line(line, quantity=90, version=line.version, actor=cast.lena, now=cast.now)
    resubmit(cart, cast)
    requisition.refresh_from_db()
    assert read_content(requisition.revision.content).quote.offer == offer.pk
    withdraw_requisition(requisition, actor=cast.lena, now=cast.now)
    cart.refresh_from_db()
    assert (cart.status, cart.quoted) == ("open", {})
    assert submit(cart, actor=cast.lena, now=cast.now).pk != requisition.pk
    assert verify() == []


def test_an_edit_has_not_the_prices_of_the_whole_for_a_part(cast, offered):
    quote, offer = offered
    requisition = accept(take(cast, quote, offer), cast.lena)
    cart = edit_requisition(requisition, actor=cast.lena, now=cast.now)
    line = cart.lines.get(product__sku=DRESSING)
    remove_line(line, version=line.version, actor=cast.lena, now=cast.now)
    cart.refresh_from_db()
    with pytest.raises(OfferNotAcceptable) as error:
        submit_purchase(cart, plan_hash="0" * 64, actor=cast.lena, now=cast.now)
    assert error.value.facts["reason"] == "whole_only"


def test_it_can_be_taken_again_at_once_without_waiting_for_the_worker(cast, offered):
    quote, offer = offered
    requisition = accept(take(cast, quote, offer), cast.lena)
    answer(requisition, "reject", actor=at_once(cast.rashid), now=cast.now, reason="Too many")
    accept(take(cast, quote, offer), cast.lena)
    assert Acceptance.objects.count() == 2


def test_on_the_last_day_it_holds_and_after_it_nobody_takes_it(cast, offered):
    quote, offer = offered
    cart = take(cast, quote, offer)
    late = cast.now + (NEXT_MONTH - TODAY) + timedelta(days=1)
    assert expire_quotes(now=late - timedelta(days=1)) == 0
    assert expire_quotes(now=late) == 1
    quote.refresh_from_db()
    assert quote.status == "expired"
    with pytest.raises((Forbidden, OfferNotAcceptable)):
        accept(cart, cast.lena)
    say(quote, cast.mira, prices((GLOVES, 100, 700), (DRESSING, 10, 900)))
    assert quote.status == "offered"


def test_what_is_too_late_is_not_taken_before_the_worker_came(cast, offered):
    quote, offer = offered
    late = cast.now + (NEXT_MONTH - TODAY) + timedelta(days=1)
    with pytest.raises(OfferNotAcceptable) as error:
        prepare_acceptance(quote, offer_hash=offer.content_hash, actor=cast.lena, now=late)
    assert error.value.facts["reason"] in {"nothing", "expired"}


def test_either_side_declines_with_a_reason_that_the_other_reads(cast, offered):
    quote, _offer = offered
    with pytest.raises(InvalidInput):
        decline_quote(quote, reason=" ", offer_number=2, actor=cast.lena, now=cast.now)
    with pytest.raises(QuoteMoved):
        decline_quote(quote, reason="Too dear", offer_number=1, actor=cast.lena, now=cast.now)
    decline_quote(quote, reason="Too dear", offer_number=2, actor=cast.lena, now=cast.now)
    quote.refresh_from_db()
    assert (quote.status, quote.reason) == ("declined", "Too dear")
    with pytest.raises(Forbidden):
        send_offer(quote, offer_number=2, actor=cast.mira, now=cast.now)


def test_a_withdrawn_quote_cannot_be_taken(cast, offered):
    quote, offer = offered
    cart = take(cast, quote, offer)
    with pytest.raises(Forbidden):
        withdraw_quote(quote, actor=cast.mira, now=cast.now)
    withdraw_quote(quote, actor=cast.lena, now=cast.now)
    with pytest.raises(Forbidden):
        accept(cart, cast.lena)
    assert not Requisition.objects.exists()


def test_medical_devices_ask_biomed_at_negotiated_prices_too(cast):
    quote = ask(cast, (INFUSION_SET, 4))
    offer = say(quote, cast.mira, prices((INFUSION_SET, 4, 100)))
    requisition = accept(take(cast, quote, offer), cast.lena)
    assert asked(cast, requisition) & {"anika", "jonas", "piotr"}
    assert not Order.objects.exists()


def test_no_promotion_is_taken_off_a_negotiated_price(cast, offered):
    quote, offer = offered
    Promotion.objects.create(
        created_at=cast.now,
        key="spring",
        name="Spring",
        kind=Promotion.Kind.ORDER_PERCENT,
        currency="EUR",
        basis_points=1_000,
    )
    requisition = accept(take(cast, quote, offer), cast.lena)
    content = read_content(requisition.revision.content)
    assert (content.goods_minor, content.discount_minor, content.discounts) == (79_000, 0, ())


def test_what_the_merchant_offers_it_sells_though_it_stands_in_no_price_list(cast):
    product = Product.objects.get(sku=GLOVES)
    Price.objects.filter(product=product).delete()
    quote = draft_quote("A special", values=wish((GLOVES, 10)), actor=cast.lena, now=cast.now)
    say(quote, cast.lena)
    offer = say(quote, cast.mira, prices((GLOVES, 10, 700)))
    requisition = accept(take(cast, quote, offer), cast.lena)
    assert read_content(requisition.revision.content).goods_minor == 7_000
