"""Orders as the buyer's people and the supplier's see them, and their hand-over."""

from __future__ import annotations

import pytest

from placet.orders.models import Order
from placet.requisitions.models import Step
from tests.cast import Cast
from tests.web.pages import as_actor, page
from tests.web.road import approve, ordered, revise, waiting

pytestmark = pytest.mark.django_db


def test_the_supplier_sees_who_approved_and_nothing_of_the_buyers_rules(cast: Cast) -> None:
    order = ordered(cast)
    shown = page(cast.tomas, f"orders/{order.number}/")
    assert "Rashid Haddad" in shown
    assert "Anika Roth" in shown
    assert order.content_hash in shown
    for secret in ("ICU consumables Q4", "4410", "500.00", "right connector", "Last paid"):
        assert secret not in shown


@pytest.mark.parametrize("who", ["tomas", "lena"])
def test_an_approval_that_was_carried_over_is_named(cast: Cast, who: str) -> None:
    requisition = waiting(cast)
    approve(requisition, "rashid", cast=cast)
    revise(requisition, cast, INF_SET=9)
    approve(requisition, "anika", cast=cast)
    order = Order.objects.get(requisition_id=requisition.pk)
    shown = page(getattr(cast, who), f"orders/{order.number}/")
    assert shown.count("<b>Rashid Haddad</b>") == 1
    assert shown.count("<b>Anika Roth</b>") == 1


def test_the_suppliers_people_keep_their_names(cast: Cast) -> None:
    order = ordered(cast)
    Step.objects.filter(decisions__member=cast.member["anika"]).update(side="merchant")
    shown = page(cast.lena, f"orders/{order.number}/")
    assert "<b>Rashid Haddad</b>" in shown
    assert "<b>Norden Supply</b>" in shown
    assert "Anika Roth" not in shown
    assert "<b>Anika Roth</b>" in page(cast.tomas, f"orders/{order.number}/")


def test_it_is_taken_over_once_under_one_number(cast: Cast) -> None:
    order = ordered(cast)
    address = f"/c/norden/orders/{order.number}/"
    desk = as_actor(cast.tomas)
    shown = desk.post(address + "acknowledge/", {"erp_number": "NS-1"}, follow=True)
    assert "is taken over as NS-1." in shown.content.decode()
    again = desk.post(address + "acknowledge/", {"erp_number": "NS-2"})
    assert again.status_code == 409
    assert "was taken over before as NS-1." in again.content.decode()
    assert "NS-1" in page(cast.lena, f"orders/{order.number}/")
    assert "NS-1" in page(cast.lena, f"requisitions/{order.requisition_number}/")


def test_what_was_changed_since_the_page_was_read_is_not_taken_over(cast: Cast) -> None:
    order = ordered(cast)
    assert f'name="content_hash" value="{order.content_hash}"' in page(
        cast.tomas, f"orders/{order.number}/"
    )
    said = {"erp_number": "NS-1", "content_hash": "0" * 64}
    late = as_actor(cast.tomas).post(f"/c/norden/orders/{order.number}/acknowledge/", said)
    assert late.status_code == 409
    assert "was changed since it was read." in late.content.decode()
    order.refresh_from_db()
    assert (order.status, order.erp_number) == ("unprocessed", "")


def test_a_failure_needs_a_reason_and_can_be_tried_again(cast: Cast) -> None:
    order = ordered(cast)
    address = f"/c/norden/orders/{order.number}/"
    desk = as_actor(cast.tomas)
    assert desk.post(address + "fail/", {"reason": ""}).status_code == 422
    desk.post(address + "fail/", {"reason": "Credit stop"})
    assert "Credit stop" in page(cast.tomas, "orders/" + order.number + "/")
    assert "Credit stop" not in page(cast.lena, f"orders/{order.number}/")
    assert order.number in page(cast.tomas, "orders/?status=failed")
    desk.post(address + "retry/")
    order.refresh_from_db()
    assert order.status == Order.Status.UNPROCESSED


@pytest.mark.parametrize("who", ["lena", "rashid", "ines"])
def test_the_buyers_people_never_process(cast: Cast, who: str) -> None:
    order = ordered(cast)
    shown = page(getattr(cast, who), f"orders/{order.number}/")
    assert "Acknowledge" not in shown
    browser = as_actor(getattr(cast, who))
    for verb in ("acknowledge", "fail", "retry"):
        sent = {"erp_number": "X", "reason": "X"}
        answer = browser.post(f"/c/meridian/orders/{order.number}/{verb}/", sent)
        assert answer.status_code == 403
    order.refresh_from_db()
    assert (order.status, order.erp_number) == (Order.Status.UNPROCESSED, "")


def test_it_is_found_by_number_reference_and_sku_and_by_nobody_outside(cast: Cast) -> None:
    order = ordered(cast)
    for text in (order.number, "PR-88121", "inf-set", "ICU-4"):
        assert order.number in page(cast.lena, f"orders/?q={text}")
    assert "No order fits" in page(cast.lena, "orders/?q=nothing")
    assert "No order yet" in page(cast.sofia, "orders/")
    for person in (cast.sofia, cast.ola):
        page(person, f"orders/{order.number}/", status=404)


def test_what_waits_for_a_customer_is_no_order_and_cannot_be_approved(cast: Cast) -> None:
    requisition = waiting(cast)
    shown = page(cast.tomas, "awaiting/")
    assert requisition.number in shown
    assert "0 of 2 given" in shown
    assert "Approve" not in shown.replace("Approvals", "")
    assert requisition.number not in page(cast.tomas, "orders/")
    opened = page(cast.tomas, f"requisitions/{requisition.pk}/")
    for secret in ("ICU consumables Q4", "4410", "500.00", "Last paid", 'id="verdict"'):
        assert secret not in opened
    page(cast.tomas, f"requisitions/{requisition.number}/evidence/", status=404)


def test_awaiting_is_for_the_suppliers_people_alone(cast: Cast) -> None:
    requisition = waiting(cast)
    for person in (cast.lena, cast.ines, cast.ola):
        assert requisition.number not in page(person, "awaiting/")
        assert as_actor(person).get("/c/norden/awaiting/").status_code == 404
