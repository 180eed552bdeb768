"""Changing an order from its page, keeping it, and what is asked after the hand-over."""

from __future__ import annotations

from dataclasses import replace

import pytest

from placet.orders.actions import acknowledge_order, ask_about_order
from placet.orders.models import Order, OrderRequest
from tests.cast import Cast
from tests.requisitions.orders import change_to, ordered, requisition_of
from tests.requisitions.road import GLOVES, answer
from tests.web.pages import as_actor, page

pytestmark = pytest.mark.django_db


def an_order(cast: Cast) -> Order:
    return ordered(cast, (GLOVES, 20))


def exported(cast: Cast) -> Order:
    return acknowledge_order(an_order(cast), erp_number="SO-1", actor=cast.tomas, now=cast.now)


def test_the_buyer_opens_a_cart_with_what_is_ordered(cast: Cast) -> None:
    order = an_order(cast)
    shown = page(cast.lena, f"orders/{order.number}/")
    assert "Change this order" in shown
    lena = as_actor(cast.lena)
    opened = lena.post(f"/c/meridian/orders/{order.number}/change/", follow=True)
    assert "You are changing what was ordered" in opened.content.decode()
    assert "Go on changing it" in page(cast.lena, f"orders/{order.number}/")
    assert "Change this order" not in page(cast.tomas, f"orders/{order.number}/")


def test_while_it_waits_both_sides_see_what_happens_next(cast: Cast) -> None:
    order = change_to(an_order(cast), cast, GLV_M=120)
    mine = page(cast.lena, f"orders/{order.number}/")
    assert "Being changed" in mine
    assert "Waiting for Rashid" in mine
    assert "Keep it as it was" in mine
    theirs = page(cast.tomas, f"orders/{order.number}/")
    assert "is changing this order" in theirs
    assert "Rashid" not in theirs
    assert "Acknowledge" not in theirs
    number = requisition_of(order).number
    assert f"{order.number} is being changed." in page(cast.lena, f"requisitions/{number}/")
    kept = as_actor(cast.lena).post(f"/c/meridian/requisitions/{number}/withdraw/", follow=True)
    assert "The order stays as it was." in kept.content.decode()


def test_whoever_is_asked_reads_that_an_order_is_changed_and_what_a_no_means(cast: Cast) -> None:
    order = change_to(an_order(cast), cast, GLV_M=120)
    asked = requisition_of(order).revision.steps.get(status="pending")
    shown = page(cast.rashid, f"inbox/{asked.id}/")
    assert f"This changes {order.number}, which is ordered already." in shown
    assert f"{order.number} stays as it was ordered" in shown
    assert "the order is changed at once" in shown
    assert "Ends it" not in shown
    assert "the order leaves at once" not in shown


def test_a_change_that_was_approved_is_told_on_the_order_and_its_evidence(cast: Cast) -> None:
    order = change_to(an_order(cast), cast, GLV_M=120)
    rashid = replace(cast.rashid, channel="api")
    answer(requisition_of(order), "approve", actor=rashid, now=cast.now)
    assert "Changed from" in page(cast.lena, f"orders/{order.number}/")
    evidence = page(cast.lena, f"requisitions/{requisition_of(order).number}/evidence/")
    assert "Same content as approved" in evidence
    assert OrderHash(order).before in evidence


class OrderHash:
    """The hash that an order had before its change."""

    def __init__(self, order: Order) -> None:
        self.before = order.changes.get().from_hash


def test_what_is_asked_is_answered_on_the_same_page(cast: Cast) -> None:
    order = exported(cast)
    address = f"/c/meridian/orders/{order.number}/requests/"
    lena, desk = as_actor(cast.lena), as_actor(cast.tomas)
    refused = lena.post(address, {"kind": "cancel", "ask_reason": " "})
    assert refused.status_code == 422
    assert 'id="ask-error"' in refused.content.decode()
    lena.post(address, {"kind": "cancel", "ask_reason": "Ward closed."})
    request = OrderRequest.objects.get()
    assert "Ward closed." in page(cast.tomas, f"orders/{order.number}/")
    theirs = f"/c/norden/orders/{order.number}/requests/{request.pk}/"
    assert desk.post(theirs + "decline/", {"answer": ""}).status_code == 422
    desk.post(theirs + "decline/", {"answer": "It is packed."})
    shown = page(cast.lena, f"orders/{order.number}/")
    assert "It is packed." in shown
    assert "Tomas" not in shown
    assert desk.post(theirs + "accept/").status_code == 409


def test_accepted_it_is_cancelled(cast: Cast) -> None:
    order = exported(cast)
    request = ask_about_order(order, kind="cancel", reason="Closed.", actor=cast.lena, now=cast.now)
    address = f"/c/norden/orders/{order.number}/requests/{request.pk}/accept/"
    as_actor(cast.tomas).post(address)
    assert "Nothing will be delivered." in page(cast.lena, f"orders/{order.number}/")


def test_a_request_about_another_order_is_none_of_this_one(cast: Cast) -> None:
    order, other = exported(cast), an_order(cast)
    request = ask_about_order(order, kind="cancel", reason="Closed.", actor=cast.lena, now=cast.now)
    address = f"/c/norden/orders/{other.number}/requests/{request.pk}/accept/"
    assert as_actor(cast.tomas).post(address).status_code == 409
    request.refresh_from_db()
    assert request.status == "open"
