"""A requisition whose order was cancelled stays ordered, and its page does not leave it at that."""

from __future__ import annotations

import pytest

from placet.documents.mapped_sheets import requisition_rows
from placet.orders.models import Order
from placet.plans.models import RuleHit
from placet.reports.reading import read_report
from placet.requisitions.actions import cancel_order
from placet.requisitions.queries import list_requisitions
from placet.rulebooks.models import Rulebook
from tests.api.caller import own_key_of
from tests.cast import Cast
from tests.requisitions.orders import ordered
from tests.requisitions.road import GLOVES
from tests.web.pages import as_actor, page

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


def cancelled_and_kept(cast: Cast) -> tuple[Order, Order]:
    """Two orders of one buyer, of which the first was cancelled."""
    gone, kept = ordered(cast, (GLOVES, 20)), ordered(cast, (GLOVES, 21))
    cancel_order(gone, reason="Wrong size.", actor=cast.lena, now=cast.now)
    return gone, kept


def test_the_list_says_so_and_keeps_it_apart_from_what_is_ordered(cast: Cast) -> None:
    gone, kept = cancelled_and_kept(cast)
    rows = page(cast.lena, "requisitions/").partition("<tbody>")[2].split("data-row")[1:]
    (told,) = [row for row in rows if gone.requisition_number in row]
    assert "Cancelled" in told
    assert "Ordered" not in told
    for state, there, absent in (("cancelled", gone, kept), ("ordered", kept, gone)):
        shown = page(cast.lena, f"requisitions/?status={state}").partition("<tbody>")[2]
        assert there.requisition_number in shown
        assert absent.requisition_number not in shown


def test_the_files_say_so(cast: Cast) -> None:
    gone, kept = cancelled_and_kept(cast)
    sheet = as_actor(cast.lena).get("/c/meridian/requisitions/export/").content.decode()
    states = {line.split(",")[0]: line.split(",")[4] for line in sheet.splitlines()[1:] if line}
    expected = {gone.requisition_number: "Cancelled", kept.requisition_number: "Ordered"}
    assert states == expected
    mapped = requisition_rows(list_requisitions(cast.lena))
    assert {row.head.number: row.head.state for row in mapped} == expected


def test_the_api_says_so(cast: Cast) -> None:
    gone, kept = cancelled_and_kept(cast)
    api = own_key_of(cast.lena)
    listed = {one["id"]: one for one in api.get("/requisitions").json["data"]}
    for order, state in ((gone, "cancelled"), (kept, "unprocessed")):
        one = api.get(f"/requisitions/{order.requisition_id}").json
        assert (one["status"], one["order_status"]) == ("ordered", state)
        assert listed[order.requisition_id]["order_status"] == state


def test_the_report_of_outcomes_counts_it_apart(cast: Cast) -> None:
    cancelled_and_kept(cast)
    total = read_report(cast.ines, "outcomes", now=cast.now).total
    found = {cell.column.key: cell.value for cell in total.cells}
    assert (found["submitted"], found["ordered"], found["cancelled"]) == (2, 1, 1)


def test_the_report_of_rules_counts_no_cancelled_order_as_spent(cast: Cast) -> None:
    gone, kept = cancelled_and_kept(cast)
    rulebook = Rulebook.objects.filter(company=gone.company, subject="purchase").first()
    assert rulebook is not None
    RuleHit.objects.all().delete()
    RuleHit.objects.bulk_create(
        RuleHit(
            created_at=cast.now,
            rulebook=rulebook,
            version=1,
            rule="gloves",
            requisition_id=order.requisition_id,
        )
        for order in (gone, kept)
    )
    total = read_report(cast.ines, "rules", now=cast.now).total
    found = {cell.column.key: cell.value for cell in total.cells}
    spent = kept.goods_minor + kept.shipping_minor
    assert (found["hits"], found["ordered"], found["spend"]) == (2, 1, spent)
