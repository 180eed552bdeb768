"""What becomes of an order: changed and shipped in parts, or cancelled. The ledger follows."""

from __future__ import annotations

from placet.orders.models import Order
from placet.requisitions.models import Requisition
from tests.cast import Cast
from tests.journeys.conftest import People
from tests.journeys.people import Day, Person
from tests.journeys.road import answers, line_of, orders, submits
from tests.requisitions.orders import by_stock_alone, held

FIRST, CHANGED = 20 * 7_50, 120 * 7_50
"""Goods in cents, as budgets count them: twenty boxes, and a hundred and twenty."""


def test_changed_by_the_buyer_approved_and_sent_in_two_parts(
    people: People, cast: Cast, day: Day
) -> None:
    by_stock_alone("GLV-M")
    before = held(cast)
    order = an_order(people, cast)
    changes_to_a_hundred_and_twenty(people.lena, order)
    order.refresh_from_db()
    assert (order.status, order.goods_minor) == ("changing", FIRST)
    assert (held(cast).committed, held(cast).reserved) == (FIRST, CHANGED - FIRST)
    waiting = people.tomas.opens("order", order.number)
    assert "is changing this order" in waiting
    assert not waiting.forms_to(people.tomas.address("order_acknowledge", order.number))

    answers(people.rashid, Requisition.objects.get(), "approve")
    day.undo_passes()
    order.refresh_from_db()
    assert (order.status, order.goods_minor) == ("unprocessed", CHANGED)
    after = held(cast)
    assert (after.committed, after.reserved, after.bought) == (CHANGED, 0, CHANGED)
    assert before.stock["GLV-M"] - after.stock["GLV-M"] == 120

    tomas = people.tomas
    page = tomas.opens("order", order.number)
    tomas.sends(page, "order_acknowledge", order.number, erp_number="SO-1")
    sends_off(tomas, order, "70")
    shown = people.lena.opens("order", order.number)
    assert "70 of 120" in shown
    assert "Still to come" in shown
    sends_off(tomas, order, "50")
    order.refresh_from_db()
    assert order.status == "completed"
    assert "50 of 120" in people.lena.opens("order", order.number)
    day.work()
    assert held(cast).committed == CHANGED


def test_cancelled_nothing_of_it_is_left(people: People, cast: Cast, day: Day) -> None:
    by_stock_alone("GLV-M")
    before = held(cast)
    kept, order = an_order(people, cast), an_order(people, cast)
    lena = people.lena
    page = lena.opens("order", order.number)
    refused = lena.sends(page, "order_cancel", order.number, status=422, cancel_reason=" ")
    lena.sends(refused, "order_cancel", order.number, cancel_reason="The ward is closed.")
    day.work()
    assert "Nothing will be delivered." in people.tomas.opens("order", order.number)
    after = held(cast)
    assert (after.committed, after.reserved, after.bought) == (FIRST, 0, FIRST)
    assert after.counted - before.counted == FIRST
    assert before.stock["GLV-M"] - after.stock["GLV-M"] == 20
    assert kept.number in people.tomas.opens("orders", query="?status=unprocessed")
    assert order.number not in people.tomas.opens("orders", query="?status=unprocessed")


def an_order(people: People, cast: Cast) -> Order:
    """Twenty boxes of gloves, which nobody has to approve."""
    requisition = orders(people.lena, cast, "GLV-M 20")
    return Order.objects.get(requisition_id=requisition.pk)


def changes_to_a_hundred_and_twenty(lena: Person, order: Order) -> None:
    """On the order's page, in the cart that it opens, with the plan below it."""
    cart = lena.sends(lena.opens("order", order.number), "order_change", order.number)
    assert "You are changing what was ordered" in cart
    cart_id = cart.url.rstrip("/").rpartition("/")[2]
    lena.sends(cart, "line_change", cart_id, line_of(cart_id, "GLV-M").pk, quantity="120")
    assert "Rashid Haddad" in lena.opens("cart", cart_id)
    submits(lena, cart_id)


def sends_off(tomas: Person, order: Order, count: str) -> None:
    """So many leave today."""
    page = tomas.opens("order", order.number)
    tomas.sends(page, "order_ship", order.number, **{"quantity-1": count, "carrier": "DHL"})
