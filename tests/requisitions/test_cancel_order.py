"""Cancelling an order before anybody has taken it over: everything that it took is given back."""

from __future__ import annotations

import pytest

from placet.core.errors import Conflict, Forbidden, InvalidInput
from placet.events.models import Event
from placet.jobs.verify import verify
from placet.orders.actions import acknowledge_order, fail_order
from placet.orders.models import Order
from placet.plans.models import PurchasedLine
from placet.requisitions.actions import cancel_order
from placet.requisitions.models import Requisition
from tests.cast import Cast
from tests.requisitions.orders import by_stock_alone, held, ordered, requisition_of, reservations
from tests.requisitions.road import GLOVES

pytestmark = pytest.mark.django_db


def an_order(cast: Cast) -> Order:
    return ordered(cast, (GLOVES, 20))


def test_an_unprocessed_order_is_cancelled_and_nothing_of_it_is_left(cast: Cast) -> None:
    by_stock_alone(GLOVES)
    before, order = held(cast), an_order(cast)
    cancel_order(order, reason="Ordered twice.", actor=cast.lena, now=cast.now)
    assert (order.status, held(cast)) == ("cancelled", before)
    assert [status for status, _amount in reservations(order)] == ["refunded"]
    assert requisition_of(order).status == Requisition.Status.ORDERED
    assert not PurchasedLine.objects.filter(order_id=order.pk).exists()
    event = Event.objects.get(subject=order.pk, type="order.cancelled")
    assert "Ordered twice." not in event.payload
    assert verify() == []


def test_a_failed_order_is_cancelled_too(cast: Cast) -> None:
    order = an_order(cast)
    fail_order(order, reason="Unknown item.", actor=cast.tomas, now=cast.now)
    cancel_order(order, reason="Then not.", actor=cast.ines, now=cast.now)
    assert order.status == "cancelled"
    assert verify() == []


def test_what_was_taken_over_is_not_cancelled_like_this(cast: Cast) -> None:
    order = an_order(cast)
    acknowledge_order(order, erp_number="SO-1", actor=cast.tomas, now=cast.now)
    for actor in (cast.lena, cast.ines, cast.tomas):
        with pytest.raises(Conflict, match="exported"):
            cancel_order(order, reason="Late.", actor=actor, now=cast.now)
    order.refresh_from_db()
    assert order.status == "exported"


def test_twice_is_once(cast: Cast) -> None:
    order = an_order(cast)
    before = held(cast)
    cancel_order(order, reason="No.", actor=cast.lena, now=cast.now)
    with pytest.raises(Conflict):
        cancel_order(order, reason="No.", actor=cast.lena, now=cast.now)
    assert held(cast).committed == before.committed - order.goods_minor


@pytest.mark.parametrize(
    ("who", "may"),
    [("lena", True), ("ines", True), ("tomas", True), ("rashid", False), ("ola", False)],
)
def test_its_buyer_an_admin_and_the_supplier_may(cast: Cast, who: str, may: bool) -> None:
    order = an_order(cast)
    actor = getattr(cast, who)
    if may:
        assert cancel_order(order, reason="No.", actor=actor, now=cast.now).status == "cancelled"
        return
    with pytest.raises(Forbidden):
        cancel_order(order, reason="No.", actor=actor, now=cast.now)
    order.refresh_from_db()
    assert order.status == "unprocessed"


@pytest.mark.parametrize("reason", ["", "  ", "x" * 401, "a\x00b"])
def test_it_needs_a_reason(cast: Cast, reason: str) -> None:
    with pytest.raises(InvalidInput):
        cancel_order(an_order(cast), reason=reason, actor=cast.lena, now=cast.now)
