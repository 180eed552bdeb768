"""Shipments by the API, and the two sides' secrets that neither page nor answer holds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from placet.carts.actions import comment_on_cart
from placet.companies.models import Company
from placet.orders.models import Order
from tests.api.caller import own_key_of
from tests.budgets.ground import make_budget
from tests.cast import Cast
from tests.orders.shipped import PENS, number_of, shipped, taken_over
from tests.requisitions.orders import order_of
from tests.requisitions.road import DRESSING, GLOVES, answer, fill_cart, submit
from tests.web.pages import page

pytestmark = pytest.mark.django_db
CANARY = "zanzibar"


def test_a_program_ships_in_parts_takes_one_back_and_closes(cast: Cast) -> None:
    order = taken_over(cast)
    tomas, lena = own_key_of(cast.tomas), own_key_of(cast.lena)
    address = f"/orders/{order.number}"
    gloves = number_of(order, GLOVES)
    wish = {"shipped_on": "2026-11-24", "lines": [{"line": gloves, "quantity": 15}]}
    first = tomas.post(f"{address}/shipments", wish)
    assert (first.status, first.json["number"]) == (201, 1)
    again = tomas.post(f"{address}/shipments", wish)
    assert (again.status, again.json["code"]) == (409, "more_than_open")
    days = {"lines": [{"line": gloves, "expected_on": "2026-11-30"}]}
    assert tomas.post(f"{address}/expected-days", days).status == 201
    read = lena.get(f"{address}/delivery")
    assert [(one["open"], one["expected_on"]) for one in read.json["lines"]] == [
        (5, "2026-11-30") if one["sku"] == GLOVES else (10, None) for one in read.json["lines"]
    ]
    voided = tomas.post(
        f"{address}/shipments/{first.json['id']}/voidings", {"reason": "Still here."}
    )
    assert voided.json["void_reason"] == "Still here."
    assert shipped(order) == {GLOVES: 0, PENS: 0}
    assert tomas.post(f"{address}/shipments", {"shipped_on": "2026-11-24"}).status == 201
    assert lena.get(f"{address}/delivery").json["status"] == "completed"


@pytest.mark.parametrize(
    "lines",
    [
        [{"line": 1, "quantity": 1}, {"line": 1, "quantity": 2}],
        [{"line": 1, "quantity": 0}],
        [{"line": 1, "quantity": -1}],
        [{"line": 1, "quantity": "1"}],
        [{"line": 99, "quantity": 1}],
        [],
    ],
)
def test_odd_wishes_are_refused(cast: Cast, lines: list[dict[str, object]]) -> None:
    order = taken_over(cast)
    wish = {"shipped_on": "2026-11-24", "lines": lines}
    said = own_key_of(cast.tomas).post(f"/orders/{order.pk}/shipments", wish)
    assert said.status == 422
    assert not order.shipments.exists()


def approved(cast: Cast) -> Order:
    """An order whose buyer's side has secrets in every place: cart talk, budget, reason."""
    make_budget(cast, name=f"Budget {CANARY}")
    cart = fill_cart(cast, (DRESSING, 50))
    comment_on_cart(cart, text=f"Inside {CANARY}", actor=cast.lena, now=cast.now)
    requisition = submit(cart, actor=cast.lena, now=cast.now)
    rashid = replace(cast.rashid, channel="mail")
    answer(requisition, "approve", reason=f"Because {CANARY}", actor=rashid, now=cast.now)
    return order_of(requisition)


def test_the_merchants_desk_holds_nothing_that_is_the_buyers_own(cast: Cast) -> None:
    order = approved(cast)
    number = order.number
    for path in (
        "orders/",
        f"orders/{number}/",
        f"orders/bulk/?pick={number}",
        f"orders/print/?pick={number}",
        "exceptions/",
    ):
        assert CANARY not in page(cast.tomas, path), path
    tomas = own_key_of(cast.tomas)
    for path in ("", "/delivery"):
        said = tomas.get(f"/orders/{number}{path}")
        assert said.status == 200
        assert CANARY not in said.content.decode()
    assert CANARY in page(cast.lena, f"orders/{number}/")


def test_the_buyers_page_holds_nothing_that_is_the_merchants_own(cast: Cast) -> None:
    order = approved(cast)
    Order.objects.filter(pk=order.pk).update(status="failed", failure=f"Credit {CANARY}")
    Company.objects.filter(pk=order.company_id).update(metadata={"note": CANARY})
    shown = page(cast.ines, f"orders/{order.number}/")
    assert f"Credit {CANARY}" not in shown
    assert CANARY not in page(cast.ines, "orders/?status=failed")
    assert CANARY in page(cast.tomas, "exceptions/")
