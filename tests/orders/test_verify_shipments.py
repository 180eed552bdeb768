"""``placet verify`` finds counts of shipments that somebody wrote by hand."""

from __future__ import annotations

import pytest

from placet.jobs.verify import verify
from placet.orders.models import Order, OrderLine, ShipmentLine
from tests.cast import Cast
from tests.orders.shipped import ship, taken_over
from tests.requisitions.road import GLOVES

pytestmark = pytest.mark.django_db


def findings() -> set[str]:
    return {one.code for one in verify()}


def test_every_count_that_is_no_sum_is_found(cast: Cast) -> None:
    order = taken_over(cast)
    ship(order, cast, GLV_M=15)
    assert findings() == set()
    OrderLine.objects.filter(order=order, sku=GLOVES).update(shipped_quantity=14)
    assert findings() == {"shipped_differs"}
    ShipmentLine.objects.filter(shipment__order=order).update(quantity=21)
    OrderLine.objects.filter(order=order, sku=GLOVES).update(shipped_quantity=21)
    assert findings() == {"shipped_too_much"}


def test_a_shipment_of_a_line_that_is_none_is_found(cast: Cast) -> None:
    order = taken_over(cast)
    shipment = ship(order, cast, GLV_M=15)
    ShipmentLine.objects.create(shipment=shipment, line_number=9, quantity=1)
    assert findings() == {"shipped_differs"}


def test_what_left_before_it_was_taken_over_is_found(cast: Cast) -> None:
    order = taken_over(cast)
    ship(order, cast, GLV_M=15)
    Order.objects.filter(pk=order.pk).update(status="unprocessed")
    assert findings() == {"shipped_early"}
