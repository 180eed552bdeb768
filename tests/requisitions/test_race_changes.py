"""A change of an order at once with what ends or takes it: one of the two happens."""

from __future__ import annotations

from dataclasses import replace

import pytest

from placet.carts.actions import change_line
from placet.carts.models import Cart, CartLine
from placet.jobs.verify import verify
from placet.orders.actions import acknowledge_order
from placet.orders.models import Order
from placet.requisitions.actions import cancel_order, withdraw_requisition
from tests.cast import NOW, Cast
from tests.ground import Failed, Ground, race
from tests.requisitions.orders import (
    by_stock_alone,
    change_to,
    held,
    open_change,
    ordered,
    requisition_of,
    send_change,
)
from tests.requisitions.road import GLOVES, answer


@pytest.fixture
def order(committed_db: Ground, cast: Cast) -> Order:
    """Twenty boxes, which nobody had to approve."""
    by_stock_alone(GLOVES)
    return ordered(cast, (GLOVES, 20))


def prepared(order: Order, cast: Cast, quantity: int) -> Cart:
    """A change that is ready to be submitted."""
    cart = open_change(order, cast)
    line = CartLine.objects.select_related("cart", "product").get(cart=cart)
    change_line(line, quantity=quantity, actor=cast.lena, now=NOW)
    return cart


@pytest.mark.parametrize("quantity", [25, 120])
def test_a_change_against_the_supplier_who_takes_it_over(
    order: Order, cast: Cast, quantity: int
) -> None:
    """Either it was taken over as it was, or what was changed first is what is taken over."""
    cart, content = prepared(order, cast, quantity), bytes(order.content)
    changed, taken = race(
        [
            lambda: str(send_change(cart, cast).pk),
            lambda: acknowledge_order(order, erp_number="SO-1", actor=cast.tomas, now=NOW).number,
        ]
    )
    order.refresh_from_db()
    if isinstance(changed, Failed):
        assert (order.status, bytes(order.content)) == ("exported", content)
    else:
        assert isinstance(taken, Failed) == (order.status == "changing")
    assert verify() == []


def test_a_change_against_a_cancellation(order: Order, cast: Cast) -> None:
    cart = prepared(order, cast, 120)
    before = held(cast)
    race(
        [
            lambda: str(send_change(cart, cast).pk),
            lambda: cancel_order(order, reason="Late.", actor=cast.ines, now=NOW).number,
        ]
    )
    order.refresh_from_db()
    assert order.status == "cancelled"
    now = held(cast)
    assert (now.reserved, now.counted) == (before.reserved, 0)
    assert now.stock[GLOVES] == before.stock[GLOVES] + 20
    assert verify() == []


def test_one_change_that_is_sent_often_changes_it_once(order: Order, cast: Cast) -> None:
    cart = prepared(order, cast, 25)
    results = race([lambda: str(send_change(cart, cast).pk)] * 4)
    assert len([one for one in results if not isinstance(one, Failed)]) == 1
    order.refresh_from_db()
    assert (order.changes.count(), order.lines.get().quantity) == (1, 25)
    assert not Cart.objects.filter(revises=order.requisition_id).exists()
    assert verify() == []


def test_an_approval_against_keeping_it_as_it_was(order: Order, cast: Cast) -> None:
    change_to(order, cast, GLV_M=120)
    rashid, requisition = replace(cast.rashid, channel="api"), requisition_of(order)
    race(
        [
            lambda: answer(requisition, "approve", actor=rashid, now=NOW).pk,
            lambda: withdraw_requisition(requisition, actor=cast.lena, now=NOW).pk,
        ]
    )
    order.refresh_from_db()
    assert order.status == "unprocessed"
    assert order.lines.get().quantity == (120 if order.changes.exists() else 20)
    assert held(cast).reserved == 0
    assert verify() == []
