"""Two workers of one ERP at once: an order is taken over once, under one number."""

from __future__ import annotations

import pytest

from placet.events.models import Event
from placet.jobs.verify import verify
from placet.orders.actions import acknowledge_order, fail_order
from placet.orders.models import HandOver, Order
from tests.cast import Cast
from tests.ground import Failed, Ground, race
from tests.requisitions.orders import ordered
from tests.requisitions.road import GLOVES


@pytest.fixture
def order(committed_db: Ground, cast: Cast) -> Order:
    """Twenty gloves that wait to be taken over."""
    return ordered(cast, (GLOVES, 20))


def take_over(order: Order, cast: Cast, number: str) -> str:
    fresh = Order.objects.get(pk=order.pk)
    return acknowledge_order(fresh, erp_number=number, actor=cast.tomas, now=cast.now).erp_number


def test_the_same_number_from_several_at_once_is_one_hand_over(order: Order, cast: Cast) -> None:
    results = race([lambda: take_over(order, cast, "SO-1")] * 4)
    assert results == ["SO-1"] * 4
    assert HandOver.objects.filter(order=order).count() == 1
    assert Event.objects.filter(subject=order.pk, type="order.acknowledged").count() == 1


def test_of_several_numbers_at_once_one_stays(order: Order, cast: Cast) -> None:
    numbers = ("SO-1", "SO-2", "SO-3", "SO-4")
    results = race([lambda number=number: take_over(order, cast, number) for number in numbers])
    failed = [one for one in results if isinstance(one, Failed)]
    assert len(failed) == 3
    assert {one.code for one in failed} == {"already_acknowledged"}
    (kept,) = [one for one in results if not isinstance(one, Failed)]
    order.refresh_from_db()
    assert (order.status, order.erp_number) == ("exported", kept)
    assert HandOver.objects.filter(order=order).count() == 1
    assert verify() == []


def test_taken_over_and_failed_at_once_is_one_of_both(order: Order, cast: Cast) -> None:
    def fail() -> str:
        fresh = Order.objects.get(pk=order.pk)
        return fail_order(fresh, reason="Unknown SKU", actor=cast.tomas, now=cast.now).status

    race([lambda: take_over(order, cast, "SO-1"), fail])
    order.refresh_from_db()
    # A failed order may be taken over afterwards; one that was taken over does not fail any more.
    kinds = list(HandOver.objects.filter(order=order).values_list("kind", flat=True))
    assert sorted(kinds) in (["acknowledgement"], ["acknowledgement", "failure"])
    assert (order.status, order.erp_number, order.failure) == ("exported", "SO-1", "")
