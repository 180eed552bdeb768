"""Shipments of the last pieces at once: each piece leaves once, and the order ends once."""

from __future__ import annotations

import pytest
from django.db.models import Sum

from placet.events.models import Event
from placet.jobs.verify import verify
from placet.orders.actions.void_shipment import void_shipment
from placet.orders.models import Order, Shipment, ShipmentLine
from tests.cast import Cast
from tests.ground import Failed, Ground, race
from tests.orders.shipped import ship, shipped, taken_over
from tests.requisitions.road import GLOVES


@pytest.fixture
def order(committed_db: Ground, cast: Cast) -> Order:
    """Twenty gloves that were taken over."""
    return taken_over(cast, (GLOVES, 20))


def test_of_two_shipments_of_the_last_pieces_one_is_entered(order: Order, cast: Cast) -> None:
    ship(order, cast, GLV_M=12)
    results = race([lambda: ship(order, cast, GLV_M=8).number] * 4)
    failed = [one for one in results if isinstance(one, Failed)]
    assert len(failed) == 3
    assert {one.code for one in failed} <= {"more_than_open", "conflict"}
    assert shipped(order) == {GLOVES: 20}
    assert Event.objects.filter(subject=order.pk, type="order.completed").count() == 1
    assert verify() == []


def test_parts_at_once_have_numbers_of_their_own(order: Order, cast: Cast) -> None:
    results = race([lambda: ship(order, cast, GLV_M=5).number] * 4)
    assert sorted(results) == [1, 2, 3, 4]
    order.refresh_from_db()
    assert (order.status, shipped(order)) == ("completed", {GLOVES: 20})


def test_a_shipment_is_voided_once_however_often_it_is_pressed(order: Order, cast: Cast) -> None:
    wrong = ship(order, cast, GLV_M=12)
    results = race(
        [
            *[lambda: str(void_shipment(wrong, reason="No.", actor=cast.tomas, now=cast.now))] * 3,
            lambda: ship(order, cast, GLV_M=8).number,
        ]
    )
    assert sum(isinstance(one, Failed) for one in results[:3]) == 2
    assert not isinstance(results[3], Failed)
    valid = ShipmentLine.objects.filter(shipment__voided_at__isnull=True)
    assert shipped(order) == {GLOVES: valid.aggregate(sum=Sum("quantity"))["sum"]} == {GLOVES: 8}
    assert Shipment.objects.filter(voided_at__isnull=False).count() == 1
