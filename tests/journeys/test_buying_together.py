"""Several people buy one thing: a cart that colleagues fill, a link, a family's list."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse

from placet.carts.actions import AllocationValues, allocate_line, comment_on_cart, share_cart
from placet.carts.actions.share_links import create_share_link
from placet.carts.lists.actions import add_list_line, create_list, order_list
from placet.carts.models import Cart
from placet.carts.pricing import price_cart
from placet.companies.models import Member
from placet.orders.content import read_content
from placet.orders.models import Order
from placet.requisitions.models import Requisition
from tests.carts.promotions import promote
from tests.cast import Cast
from tests.journeys.conftest import People
from tests.journeys.people import Day
from tests.journeys.road import (
    DRESSINGS,
    GLOVES,
    answers,
    describes,
    fills_cart,
    line_of,
    pastes,
    state_of,
    submits,
)

TEN_PERCENT = 1_000


def shared_cart(people: People, cast: Cast) -> Cart:
    """Lena's cart, to which Pavel adds what he needs."""
    cart_id = fills_cart(people.lena, cast, GLOVES)
    cart = Cart.objects.get(pk=cart_id)
    pavel = Member.objects.get(pk=cast.member["pavel"])
    share_cart(cart, member=pavel, level="edit", actor=cast.lena, now=cast.now)
    assert "ICU-4 week 48" in people.pavel.opens("carts")
    pastes(people.pavel, cart_id, DRESSINGS)
    return cart


def test_colleagues_fill_one_cart_for_two_places_and_it_leaves_as_approved(
    people: People, cast: Cast, day: Day
) -> None:
    promote(cast, "ten", "order_percent", basis_points=TEN_PERCENT, from_goods_minor=100_00)
    cart = shared_cart(people, cast)
    assert "Pavel Novák" in people.lena.opens("cart", cart.pk)
    places = [cast.address["ICU dock"], cast.address["Main store"]]
    parts = [AllocationValues(10, place, cast.cost_center["meridian/4410"]) for place in places]
    allocate_line(line_of(cart.pk, "GLV-M"), allocations=parts, actor=cast.lena, now=cast.now)
    page = people.lena.opens("cart", cart.pk)
    assert "Ten" in page
    assert "Main store" in page
    submits(people.lena, cart.pk)
    requisition = Requisition.objects.get()
    answers(people.rashid, requisition, "approve")
    day.undo_passes()
    assert state_of(requisition) == "ordered"
    order = Order.objects.get(requisition_id=requisition.pk)
    content = read_content(bytes(order.content))
    assert {one.ship_to for one in content.shipments} == set(places)
    assert sum(one.goods_minor for one in content.shipments) == content.goods_minor
    assert sum(one.shipping_minor for one in content.shipments) == content.shipping_minor
    assert sum(one.tax_minor for one in content.shipments) == content.tax_minor
    assert [one.promotion for one in content.discounts] == ["ten"]
    before = content.goods_minor + content.discount_minor
    assert content.discount_minor == (before * TEN_PERCENT + 5_000) // 10_000
    assert order.total_minor == content.total_minor
    shown = people.tomas.opens("order", order.number)
    assert "ICU dock" in shown
    assert "Main store" in shown


def test_what_was_discounted_when_approved_is_discounted_when_it_leaves(
    people: People, cast: Cast, day: Day
) -> None:
    """The promotion ends while Rashid thinks: what he approved is what leaves."""
    promotion = promote(
        cast, "ten", "order_percent", basis_points=TEN_PERCENT, from_goods_minor=100_00
    )
    cart = shared_cart(people, cast)
    submits(people.lena, cart.pk)
    requisition = Requisition.objects.select_related("revision").get()
    assert requisition.revision is not None
    promotion.ended_at = cast.now
    promotion.save(update_fields=["ended_at"])
    answers(people.rashid, requisition, "approve")
    day.undo_passes()
    order = Order.objects.get(requisition_id=requisition.pk)
    assert bytes(order.content) == bytes(requisition.revision.content)
    assert read_content(bytes(order.content)).discount_minor > 0


def test_a_link_tells_kowalski_what_and_never_for_how_much_or_for_whom(
    people: People, cast: Cast, day: Day
) -> None:
    cart = shared_cart(people, cast)
    describes(people.lena, cast, cart.pk)
    comment_on_cart(cart, text="Never tell anybody outside.", actor=cast.lena, now=cast.now)
    ends = day.now + timedelta(days=7)
    token = create_share_link(cart, expires_at=ends, actor=cast.lena, now=day.now).token
    page = people.ola.visits(reverse("shared", args=[token]))
    assert "GLV-M" in page
    for secret in (
        "Meridian",
        "meridian",
        "Pavel",
        "4410",
        "PR-88121",
        "Never tell",
        "750",
        "7.50",
    ):
        assert secret not in page, secret
    before = price_cart(cart, now=day.now)
    copied = people.ola.browser.post(
        reverse("shared_copy", args=[token]), {"company": "kowalski"}, follow=True
    )
    assert copied.status_code == 200
    own = Cart.objects.get(company_id=cast.company["kowalski"])
    priced = price_cart(own, now=day.now)
    gloves = next(line for line in priced.lines if line.product.sku == "GLV-M")
    assert (priced.currency, gloves.quantity, gloves.unit_price_minor) == ("PLN", 20, 3_900)
    assert own.thread_id is None
    assert price_cart(Cart.objects.get(pk=cart.pk), now=day.now) == before


def test_the_family_orders_from_its_list_and_the_child_asks(
    people: People, cast: Cast, day: Day
) -> None:
    weekly = create_list("Every week", scope="company", actor=cast.minjun, now=cast.now)
    add_list_line(weekly, sku="GLV-M", quantity=2, actor=cast.minjun, now=cast.now)
    page = people.yuna.opens("list", weekly.pk)
    for word in ("cost centre", "Cost centre", "Unit"):
        assert word not in page, word
    order_list(weekly, actor=cast.yuna, now=cast.now)
    cart = Cart.objects.get(owner_id=cast.member["yuna"])
    assert [line.quantity for line in cart.lines.all()] == [2]
    people.yuna.sends(
        people.yuna.opens("cart", cart.pk),
        "cart_details",
        cart.pk,
        ship_to=cast.address["Park home"],
    )
    submits(people.yuna, cart.pk)
    assert state_of(Requisition.objects.get()) in ("pending", "ordered")
