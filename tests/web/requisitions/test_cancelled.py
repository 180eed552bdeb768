"""A requisition whose order was cancelled stays ordered, and its page does not leave it at that."""

from __future__ import annotations

import pytest

from placet.requisitions.actions import cancel_order
from tests.cast import Cast
from tests.requisitions.orders import ordered
from tests.requisitions.road import GLOVES
from tests.web.pages import page

pytestmark = pytest.mark.django_db


def test_the_requisition_of_a_cancelled_order_says_so(cast: Cast) -> None:
    order = ordered(cast, (GLOVES, 20))
    address = f"requisitions/{order.requisition_id}/"
    assert "cancelled since" not in page(cast.lena, address)
    cancel_order(order, reason="Wrong size.", actor=cast.lena, now=cast.now)
    shown = page(cast.lena, address)
    assert f"Ordered as {order.number} on" in shown
    assert "and cancelled since." in shown
    head = shown[shown.index("<h1>") : shown.index("</h1>")]
    assert "Cancelled" in head
    assert "Ordered" not in head
