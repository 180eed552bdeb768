"""Conversations go on after submission: on the buyer's side, about the purchase and its lines."""

from __future__ import annotations

import pytest

from placet.carts.actions import comment_on_cart, comment_on_line
from placet.carts.models import Cart
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from placet.events.models import Event
from placet.requisitions.actions import (
    ask_requester,
    comment_on_requisition,
    resolve_requisition_thread,
    withdraw_requisition,
)
from placet.requisitions.models import Requisition
from placet.threads.models import Comment
from tests.cast import Cast
from tests.requisitions.road import DRESSING, GLOVES, fill_cart, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(cast: Cast) -> Requisition:
    """Lena's dressings and gloves wait for Rashid; nobody has said anything yet."""
    cart = fill_cart(cast, (DRESSING, 50), (GLOVES, 10))
    return submit(cart, actor=cast.lena, now=cast.now)


def told(comment: Comment) -> set[str]:
    return set(comment.mentions.values_list("member_id", flat=True))


def test_rashid_asks_about_a_line_and_lena_is_told(cast: Cast, waiting: Requisition) -> None:
    asked = ask_requester(waiting, text="Sterile?", line=1, actor=cast.rashid, now=cast.now)
    assert told(asked) == {cast.member["lena"]}
    answer = comment_on_requisition(
        waiting, text="@Rashid yes, all of them", line=1, actor=cast.lena, now=cast.now
    )
    assert answer.thread_id == asked.thread_id
    assert told(answer) == {cast.member["rashid"]}
    thread = resolve_requisition_thread(waiting, line=1, actor=cast.rashid, now=cast.now)
    assert thread.resolved_by_id == cast.member["rashid"]
    with pytest.raises(Conflict):
        resolve_requisition_thread(waiting, line=1, actor=cast.lena, now=cast.now)
    events = Event.objects.filter(type__startswith="comment.")
    assert all(f'"about":"{waiting.pk}"' in event.payload for event in events)
    assert not any("Sterile" in event.payload for event in events)


def test_the_conversation_of_the_cart_is_that_of_the_purchase(cast: Cast) -> None:
    cart = fill_cart(cast, (DRESSING, 50))
    before = comment_on_cart(cart, text="For week 48", actor=cast.lena, now=cast.now)
    line = cart.lines.get()
    about_line = comment_on_line(line, text="The large ones", actor=cast.lena, now=cast.now)
    waiting = submit(cart, actor=cast.lena, now=cast.now)
    first = comment_on_requisition(waiting, text="Seen", actor=cast.rashid, now=cast.now)
    second = comment_on_requisition(waiting, text="Why?", line=1, actor=cast.rashid, now=cast.now)
    assert first.thread_id == before.thread_id
    assert second.thread_id == about_line.thread_id


def test_a_conversation_that_begins_here_stays_when_the_cart_opens_again(
    cast: Cast, waiting: Requisition
) -> None:
    first = comment_on_requisition(waiting, text="Hm", actor=cast.rashid, now=cast.now)
    second = comment_on_requisition(waiting, text="Hm", line=2, actor=cast.rashid, now=cast.now)
    withdraw_requisition(waiting, actor=cast.lena, now=cast.now)
    cart = Cart.objects.get(pk=waiting.cart_id)
    assert cart.thread_id == first.thread_id
    assert cart.lines.get(product__sku=GLOVES).thread_id == second.thread_id
    third = comment_on_requisition(waiting, text="Pity", actor=cast.rashid, now=cast.now)
    assert third.thread_id == first.thread_id


def test_only_those_who_see_the_purchase_are_told(cast: Cast, waiting: Requisition) -> None:
    comment = comment_on_requisition(
        waiting, text="@Pavel @Helena @Mei look", actor=cast.lena, now=cast.now
    )
    assert told(comment) == {cast.member["helena"], cast.member["mei"]}


@pytest.mark.parametrize("who", ["pavel", "anika", "ola", "jan", "minjun"])
def test_who_does_not_see_it_takes_no_part(cast: Cast, waiting: Requisition, who: str) -> None:
    for line in (0, 1):
        with pytest.raises(NotFound):
            comment_on_requisition(
                waiting, text="hello", line=line, actor=cast.actors[who], now=cast.now
            )
    with pytest.raises(NotFound):
        resolve_requisition_thread(waiting, actor=cast.actors[who], now=cast.now)


def test_the_merchants_people_take_no_part(cast: Cast, waiting: Requisition) -> None:
    with pytest.raises(Forbidden):
        comment_on_requisition(waiting, text="hello", actor=cast.tomas, now=cast.now)


def test_a_line_that_is_not_there_and_an_empty_comment_are_refused(
    cast: Cast, waiting: Requisition
) -> None:
    with pytest.raises(NotFound):
        comment_on_requisition(waiting, text="x", line=9, actor=cast.lena, now=cast.now)
    with pytest.raises(NotFound):
        resolve_requisition_thread(waiting, line=1, actor=cast.lena, now=cast.now)
    with pytest.raises(InvalidInput):
        comment_on_requisition(waiting, text="  ", actor=cast.lena, now=cast.now)
