"""The orders desk: filters, several at once, shipments, and what neither side may see."""

from __future__ import annotations

import re

import pytest

from placet.companies.models import Company, CustomerRep
from placet.orders.models import Order
from tests.cast import Cast
from tests.orders.shipped import PENS, TODAY, number_of, ship, shipped, taken_over
from tests.requisitions.orders import order_of
from tests.requisitions.road import GLOVES, fill_cart, submit
from tests.web.pages import as_actor, page, queries_of

pytestmark = pytest.mark.django_db


def ordered(cast: Cast, name: str = "ICU-4 week 48", quantity: int = 20) -> Order:
    return order_of(
        submit(fill_cart(cast, (GLOVES, quantity), name=name), actor=cast.lena, now=cast.now)
    )


@pytest.mark.parametrize(
    ("query", "is_there"),
    [
        ("status=unprocessed", True),
        ("status=exported", False),
        ("status=partly", False),
        ("customer={company}", True),
        ("customer=com_other", False),
        ("rep={rep}", True),
        ("rep=mem_other", False),
        ("since=2026-11-24&until=2026-11-24", True),
        ("since=2026-11-25", False),
        ("until=2026-11-23", False),
        ("since=never", False),
        ("least=1", True),
        ("least=999999", False),
        ("most=1", False),
        ("most=-5", False),
        ("country=DE", True),
        ("country=PL", False),
        ("terms=net_30", True),
        ("terms=prepayment", False),
        ("po=88121", True),
        ("po=99", False),
        ("q=GLV-M&sort=-total", True),
        ("sort=customer", True),
    ],
)
def test_each_filter_leaves_what_it_says(cast: Cast, query: str, is_there: bool) -> None:
    order = ordered(cast)
    company = Company.objects.get(pk=cast.company["meridian"])
    CustomerRep.objects.create(created_at=cast.now, company=company, member_id=cast.member["tomas"])
    asked = query.format(company=company.pk, rep=cast.member["tomas"])
    shown = page(cast.tomas, f"orders/?{asked}")
    assert (f"/orders/{order.number}/" in shown) is is_there


def test_a_buyer_is_not_narrowed_by_what_is_the_suppliers(cast: Cast) -> None:
    order = ordered(cast)
    shown = page(cast.lena, "orders/?rep=nobody&customer=nobody")
    assert f"/orders/{order.number}/" in shown
    assert 'name="rep"' not in shown
    assert "exceptions/" not in shown


def test_several_orders_are_taken_over_and_each_says_what_came_of_it(cast: Cast) -> None:
    first, second, third = (ordered(cast, f"Week {n}") for n in (1, 2, 3))
    picked = [first.number, second.number, third.number, "ORD-9999"]
    sent = {
        "pick": picked,
        "do": "acknowledge",
        f"number-{first.number}": "SO-1",
        "pasted": f"{second.number} SO-2\nnonsense",
    }
    shown = as_actor(cast.tomas).post("/c/norden/orders/bulk/", sent).content.decode()
    assert "Taken over as SO-1." in shown
    assert "Taken over as SO-2." in shown
    assert "Please fill this in." in shown
    assert "2 are done." in shown
    states = dict(Order.objects.values_list("number", "status"))
    assert states == {
        first.number: "exported",
        second.number: "exported",
        third.number: "unprocessed",
    }


def test_several_are_shipped_failed_and_put_back(cast: Cast) -> None:
    there, waiting = taken_over(cast), ordered(cast)
    client = as_actor(cast.tomas)
    sent = {"pick": [there.number, waiting.number], "do": "ship"}
    shown = client.post("/c/norden/orders/bulk/", sent).content.decode()
    assert "All of it has left." in shown
    assert "The order is unprocessed now." in shown
    sent = {"pick": [there.number, waiting.number], "do": "fail", "reason": "No ship-to."}
    client.post("/c/norden/orders/bulk/", sent)
    assert Order.objects.get(pk=waiting.pk).status == "failed"
    client.post("/c/norden/orders/bulk/", {"pick": [waiting.number], "do": "retry"})
    assert Order.objects.get(pk=waiting.pk).status == "unprocessed"
    assert Order.objects.get(pk=there.pk).status == "completed"


def test_nobody_else_processes_several_and_prints_only_their_own(cast: Cast) -> None:
    order = ordered(cast)
    assert as_actor(cast.lena).get("/c/meridian/orders/bulk/").status_code == 403
    for actor, is_there in ((cast.tomas, True), (cast.lena, True), (cast.ola, False)):
        shown = page(actor, f"orders/print/?pick={order.number}")
        assert (order.number in shown) is is_there


def test_a_part_is_shipped_from_the_page_and_the_buyer_reads_what_is_missing(cast: Cast) -> None:
    order = taken_over(cast)
    gloves, pens = number_of(order, GLOVES), number_of(order, PENS)
    client = as_actor(cast.tomas)
    address = f"/c/norden/orders/{order.number}"
    sent = {
        f"quantity-{gloves}": "15",
        f"quantity-{pens}": "0",
        "shipped_on": str(TODAY),
        "carrier": "DHL",
        "tracking": "<i>JD1</i>",
    }
    assert client.post(f"{address}/ship/", sent).status_code == 302
    assert shipped(order) == {GLOVES: 15, PENS: 0}
    client.post(f"{address}/expect/", {f"expected-{gloves}": "2026-11-30"})
    shown = page(cast.lena, f"orders/{order.number}/")
    assert "2 lines are still to come, the first on" in shown
    assert "&lt;i&gt;JD1&lt;/i&gt;" in shown
    assert "Enter the shipment" not in shown
    assert "It was entered wrongly" not in shown


def test_a_form_that_is_sent_twice_ships_once(cast: Cast) -> None:
    order = taken_over(cast)
    gloves = number_of(order, GLOVES)
    seen = re.search(r'name="after" value="(\d+)"', page(cast.tomas, f"orders/{order.number}/"))
    assert seen is not None
    part = {f"quantity-{gloves}": "5", "shipped_on": str(TODAY), "after": seen[1]}
    address = f"/c/norden/orders/{order.number}/ship/"
    assert as_actor(cast.tomas).post(address, part).status_code == 302
    again = as_actor(cast.tomas).post(address, part)
    assert again.status_code == 409
    assert "Another shipment was entered meanwhile." in again.content.decode()
    assert 'name="after" value="1"' in again.content.decode()
    assert shipped(order) == {GLOVES: 5, PENS: 0}
    assert as_actor(cast.tomas).post(address, part | {"after": "1"}).status_code == 302
    assert shipped(order) == {GLOVES: 10, PENS: 0}


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"quantity-1": "999"}, "are open."),
        ({"quantity-1": "-1"}, "A quantity is a whole number."),
        ({"quantity-1": "1.5"}, "A quantity is a whole number."),
        ({"quantity-1": "9" * 30}, "A quantity is a whole number."),
        ({"quantity-99": "1"}, "The order has no such line."),
        ({}, "Say how much of at least one line has left."),
        ({"quantity-1": "1", "shipped_on": "soon"}, "Type a day"),
        ({"quantity-1": "1", "shipped_on": "2026-02-31"}, "Type a day"),
    ],
)
def test_a_refused_shipment_comes_back_with_its_reason(
    cast: Cast, sent: dict[str, str], sentence: str
) -> None:
    order = taken_over(cast)
    whole = {"shipped_on": str(TODAY), "carrier": "DHL", **sent}
    answer = as_actor(cast.tomas).post(f"/c/norden/orders/{order.number}/ship/", whole)
    assert answer.status_code in (409, 422)
    assert sentence in answer.content.decode()
    assert 'value="DHL"' in answer.content.decode()
    assert not order.shipments.exists()


def test_a_shipment_is_taken_back_and_an_order_closed_with_reasons(cast: Cast) -> None:
    order = taken_over(cast)
    other = taken_over(cast, (GLOVES, 5), number="SO-2")
    shipment = ship(order, cast, GLV_M=15)
    client = as_actor(cast.tomas)
    address = f"/c/norden/orders/{order.number}"
    wrong = f"/c/norden/orders/{other.number}/shipments/{shipment.pk}/void/"
    assert client.post(wrong, {"void_reason": "No."}).status_code == 404
    assert client.post(f"{address}/shipments/{shipment.pk}/void/", {}).status_code == 422
    client.post(f"{address}/shipments/{shipment.pk}/void/", {"void_reason": "Still here."})
    assert shipped(order) == {GLOVES: 0, PENS: 0}
    assert client.post(f"{address}/complete/", {"close_reason": " "}).status_code == 422
    assert "Closing is final" in page(cast.tomas, f"orders/{order.number}/")
    client.post(f"{address}/complete/", {"close_reason": "No longer made."})
    assert "they order it again." in page(cast.tomas, f"orders/{order.number}/")
    shown = page(cast.lena, f"orders/{order.number}/")
    assert "The rest will not be delivered: No longer made." in shown
    assert "Order it again where you still need it." in shown
    assert "Still here." in shown


def test_one_leafs_through_the_orders_within_reach(cast: Cast) -> None:
    first, second, third = (ordered(cast, f"Week {n}") for n in (1, 2, 3))
    shown = page(cast.tomas, f"orders/{second.number}/")
    assert f'rel="next" href="/c/norden/orders/{first.number}/"' in shown
    assert f'rel="prev" href="/c/norden/orders/{third.number}/"' in shown


def test_the_pages_cost_the_same_for_one_and_for_many(cast: Cast) -> None:
    order = taken_over(cast)
    ship(order, cast, GLV_M=1)
    pages = ("orders/", f"orders/{order.number}/", f"orders/bulk/?pick={order.number}")
    one = [queries_of(cast.tomas, path) for path in pages]
    for _more in range(4):
        other = ordered(cast)
        ship(order, cast, GLV_M=1)
    picked = f"orders/bulk/?pick={order.number}&pick={other.number}"
    assert [queries_of(cast.tomas, path) for path in (*pages[:2], picked)] == one
    assert one[0] <= 24
    assert one[1] <= 34
