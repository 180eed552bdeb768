"""An order leaves to the merchant's ERP, which pulls: with everything that goes wrong there."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any

from placet.documents.order import order_paper
from placet.orders.models import HandOver, Order
from tests.api.caller import Caller, own_key_of
from tests.cast import Cast
from tests.documents.test_papers import as_html
from tests.journeys.conftest import People
from tests.journeys.people import Day
from tests.journeys.road import GLOVES, orders
from tests.requisitions.orders import change_to, open_change


def pulled(erp: Caller) -> list[Any]:
    """What an ERP gets when it asks what there is to do."""
    answer = erp.get("/orders?export_state=pending")
    assert answer.status == 200
    return [one["number"] for one in answer.json["data"]]


def an_order(people: People, cast: Cast) -> Order:
    requisition = orders(people.lena, cast, GLOVES)
    return Order.objects.get(requisition_id=requisition.pk)


def test_an_answer_that_was_lost_is_asked_for_again(people: People, cast: Cast) -> None:
    order, erp = an_order(people, cast), own_key_of(cast.tomas)
    assert pulled(erp) == [order.number]
    path = f"/orders/{order.pk}/acknowledgements"
    first = erp.post(path, {"erp_number": "SO-4711"}, idempotency_key="lost")
    assert first.status == 201
    # The answer never arrived: the same call, and the same number with another key.
    again = erp.post(path, {"erp_number": "SO-4711"}, idempotency_key="lost")
    assert (again.status, again.json) == (201, first.json)
    assert erp.post(path, {"erp_number": "SO-4711"}).status == 201
    assert HandOver.objects.filter(order=order).count() == 1
    other = erp.post(path, {"erp_number": "SO-4712"})
    assert (other.status, other.json["code"]) == (409, "already_acknowledged")
    assert "SO-4711" in other.json["detail"]
    assert pulled(erp) == []


def test_what_the_erp_cannot_take_is_put_right_and_pulled_again(people: People, cast: Cast) -> None:
    order, erp = an_order(people, cast), own_key_of(cast.tomas)
    reason = "SKU GLV-M is unknown here."
    assert erp.post(f"/orders/{order.pk}/failures", {"reason": reason}).status == 201
    assert pulled(erp) == []
    assert order.number in people.tomas.opens("orders", query="?status=failed")
    shown = people.tomas.opens("order", order.number)
    assert reason in shown
    assert reason not in people.lena.opens("order", order.number)
    people.tomas.sends(shown, "order_retry", order.number)
    assert pulled(erp) == [order.number]
    taken = erp.post(f"/orders/{order.pk}/acknowledgements", {"erp_number": "SO-1"})
    assert taken.json["export_state"] == "acknowledged"


def test_the_buyer_reads_the_suppliers_number_everywhere(
    people: People, cast: Cast, day: Day
) -> None:
    order, erp = an_order(people, cast), own_key_of(cast.tomas)
    erp.post(f"/orders/{order.pk}/acknowledgements", {"erp_number": "SO-4711"})
    assert "SO-4711" in people.lena.opens("order", order.number)
    assert "SO-4711" in people.lena.opens("orders")
    assert own_key_of(cast.lena).get(f"/orders/{order.pk}").json["erp_number"] == "SO-4711"
    order.refresh_from_db()
    assert "SO-4711" in as_html(order_paper(order, reader=cast.lena, now=cast.now))
    assert (
        "SO-4711" in own_key_of(cast.lena).get(f"/orders/{order.pk}/order.ubl.xml").content.decode()
    )


def test_while_the_buyer_changes_it_there_is_nothing_to_pull(people: People, cast: Cast) -> None:
    order, erp = an_order(people, cast), own_key_of(cast.tomas)
    read = erp.get(f"/orders/{order.pk}").json["content_hash"]
    open_change(order, cast)
    assert pulled(erp) == [order.number], "a cart that is open changes nothing yet"
    change_to(order, cast, GLV_M=25)
    path = f"/orders/{order.pk}/acknowledgements"
    stale = erp.post(path, {"erp_number": "SO-1", "content_hash": read})
    assert (stale.status, stale.json["code"]) == (409, "order_changed")
    fresh = erp.get(f"/orders/{order.pk}").json
    assert fresh["content"]["lines"][0]["quantity"] == 25
    taken = erp.post(path, {"erp_number": "SO-1", "content_hash": fresh["content_hash"]})
    assert taken.status == 201


def test_an_erp_that_reads_only_files_takes_over_by_a_file(people: People, cast: Cast) -> None:
    """Export with its own columns; its numbers come back as a file, looked at before."""
    first, second = an_order(people, cast), an_order(people, cast)
    erp = own_key_of(cast.tomas)
    columns = [{"key": "order", "heading": "Belegnummer"}, {"key": "sku", "heading": "Artikel"}]
    chosen = erp.post("/column_maps", {"list": "orders", "name": "ERP", "columns": columns}).json
    path = f"/exports/orders.csv?export_state=pending&column_map={chosen['id']}"
    rows = list(csv.DictReader(StringIO(erp.get(path).content.decode())))
    assert {row["Belegnummer"] for row in rows} == {first.number, second.number}
    told = [{"order": row["Belegnummer"], "erp_number": f"SO-{n}"} for n, row in enumerate(rows)]
    told.append({"order": "ORD-999999", "erp_number": "SO-9"})
    looked = erp.post("/orders/acknowledgements?dry_run=true", {"rows": told}).json
    assert [row["outcome"] for row in looked["rows"]] == ["taken_over", "taken_over", "refused"]
    assert len(pulled(erp)) == 2, "nothing was written"
    done = erp.post("/orders/acknowledgements", {"rows": told}).json
    assert (done["taken_over"], done["unchanged"], done["refused"]) == (2, 0, 1)
    assert pulled(erp) == []
    again = erp.post("/orders/acknowledgements", {"rows": told[:2]}).json
    assert (again["taken_over"], again["unchanged"]) == (0, 2)
    other = [{**told[0], "erp_number": "SO-OTHER"}]
    assert erp.post("/orders/acknowledgements", {"rows": other}).json["rows"][0]["code"] == (
        "already_acknowledged"
    )
