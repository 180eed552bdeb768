"""Whoever was deactivated between reading a page and pressing its button writes nothing more."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from placet.carts.actions import (
    add_line,
    archive_cart,
    comment_on_cart,
    create_cart,
    describe_cart,
    duplicate_cart,
    give_cart,
    paste_lines,
    share_cart,
)
from placet.carts.lists.actions import add_list_line, archive_list, create_list, share_list
from placet.carts.models import Cart, PurchaseList, Schedule
from placet.carts.schedules.actions import create_schedule, end_schedule
from placet.carts.schedules.values import ScheduleValues
from placet.companies.models import Member
from placet.core.errors import Forbidden
from placet.events.models import Event
from tests.cast import Cast
from tests.requisitions.road import GLOVES, fill_cart, member
from tests.requisitions.schedules import MONDAY

pytestmark = pytest.mark.django_db
Wish = Callable[[Cast, Cart, PurchaseList, Schedule], object]

WISHES: dict[str, Wish] = {
    "begins": lambda c, cart, one, s: create_cart("Mine", actor=c.lena, now=c.now),
    "adds": lambda c, cart, one, s: add_line(
        cart, sku="PEN-B", quantity=5, actor=c.lena, now=c.now
    ),
    "pastes": lambda c, cart, one, s: paste_lines(cart, text="PEN-B 5", actor=c.lena, now=c.now),
    "describes": lambda c, cart, one, s: describe_cart(
        cart, justification="Why", actor=c.lena, now=c.now
    ),
    "comments": lambda c, cart, one, s: comment_on_cart(
        cart, text="Hello", actor=c.lena, now=c.now
    ),
    "shares": lambda c, cart, one, s: share_cart(
        cart, member=member(c, "pavel"), level="edit", actor=c.lena, now=c.now
    ),
    "gives": lambda c, cart, one, s: give_cart(
        cart, to=member(c, "pavel"), actor=c.lena, now=c.now
    ),
    "copies": lambda c, cart, one, s: duplicate_cart(cart, actor=c.lena, now=c.now),
    "puts away": lambda c, cart, one, s: archive_cart(cart, actor=c.lena, now=c.now),
    "begins a list": lambda c, cart, one, s: create_list("Mine", actor=c.lena, now=c.now),
    "lists": lambda c, cart, one, s: add_list_line(
        one, sku="PEN-B", quantity=5, actor=c.lena, now=c.now
    ),
    "shares a list": lambda c, cart, one, s: share_list(
        one, member=member(c, "pavel"), level="edit", actor=c.lena, now=c.now
    ),
    "puts a list away": lambda c, cart, one, s: archive_list(one, actor=c.lena, now=c.now),
    "ends a schedule": lambda c, cart, one, s: end_schedule(s, actor=c.lena, now=c.now),
}


@pytest.mark.parametrize("wish", WISHES.values(), ids=WISHES)
def test_nothing_is_written(cast: Cast, wish: Wish) -> None:
    cart = Cart.objects.select_related("owner__user").get(pk=fill_cart(cast, (GLOVES, 20)).pk)
    made = create_list("Ward", actor=cast.lena, now=cast.now)
    add_list_line(made, sku=GLOVES, quantity=5, actor=cast.lena, now=cast.now)
    values = ScheduleValues("reminder", "week", 1, MONDAY)
    schedule = create_schedule(made, values=values, actor=cast.lena, now=cast.now)
    Member.objects.filter(pk=cast.member["lena"]).update(status=Member.Status.DEACTIVATED)
    before = Event.objects.count()
    with pytest.raises(Forbidden):
        wish(cast, cart, made, schedule)
    assert Event.objects.count() == before
