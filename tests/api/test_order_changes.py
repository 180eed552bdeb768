"""Orders in the API that are changed, cancelled, and asked about once they were taken over."""

from __future__ import annotations

import pytest

from placet.orders.actions import acknowledge_order
from tests.api.caller import Caller
from tests.cast import Cast
from tests.requisitions.orders import change_to, ordered
from tests.requisitions.road import GLOVES

pytestmark = pytest.mark.django_db


def test_a_change_is_the_cart_again_and_submitting_it(cast: Cast, lena: Caller) -> None:
    order = ordered(cast, (GLOVES, 20))
    cart = lena.post(f"/orders/{order.number}/changes", {}).json
    line = cart["lines"][0]
    lena.patch(f"/carts/{cart['id']}/lines/{line['id']}", {"quantity": 30}, if_match="*")
    plan = lena.get(f"/carts/{cart['id']}/plan").json
    sent = lena.post(f"/carts/{cart['id']}/submissions", {"plan_hash": plan["hash"]})
    assert sent.status == 201, sent.json
    changes = lena.get(f"/orders/{order.number}/changes").json["data"]
    assert [one["number"] for one in changes] == [1]
    assert changes[0]["to_hash"] == lena.get(f"/orders/{order.number}").json["content_hash"]


def test_what_was_taken_over_is_asked_about(cast: Cast, lena: Caller, norden: Caller) -> None:
    order = ordered(cast, (GLOVES, 20))
    acknowledge_order(order, erp_number="SO-1", actor=cast.tomas, now=cast.now)
    address = f"/orders/{order.number}/requests"
    assert lena.post(f"/orders/{order.number}/changes", {}).status == 409
    assert lena.post(address, {"kind": "cancel", "reason": ""}).status == 422
    key = {"idempotency_key": "one-question"}
    asked = lena.post(address, {"kind": "cancel", "reason": "Ward closed."}, **key)
    again = lena.post(address, {"kind": "cancel", "reason": "Ward closed."}, **key)
    assert asked.json["id"] == again.json["id"]
    assert lena.post(address, {"kind": "change", "reason": "Or so."}).status == 409
    assert [one["id"] for one in norden.get("/order-requests").json["data"]] == [asked.json["id"]]
    answers = f"{address}/{asked.json['id']}"
    assert lena.post(f"{answers}/acceptances", {}).status == 403
    accepted = norden.post(f"{answers}/acceptances", {})
    assert (accepted.status, accepted.json["status"]) == (201, "accepted")
    assert norden.post(f"{answers}/declines", {"answer": "No."}).status == 409
    assert lena.get(f"/orders/{order.number}").json["status"] == "cancelled"
    assert lena.get(address).json["data"][0]["answered_by"] is None


def test_a_cancellation_before_the_hand_over_needs_nobody(cast: Cast, lena: Caller) -> None:
    order = ordered(cast, (GLOVES, 20))
    cancelled = lena.post(f"/orders/{order.number}/cancellations", {"reason": "Twice."})
    assert (cancelled.status, cancelled.json["status"]) == (201, "cancelled")


def test_the_content_that_was_read_is_taken_over_or_none(
    cast: Cast, lena: Caller, norden: Caller
) -> None:
    order = ordered(cast, (GLOVES, 20))
    read = norden.get(f"/orders/{order.number}").json["content_hash"]
    change_to(order, cast, GLV_M=25)
    address = f"/orders/{order.number}/acknowledgements"
    late = norden.post(address, {"erp_number": "SO-1", "content_hash": read})
    assert (late.status, late.json["code"]) == (409, "order_changed")
    now = norden.get(f"/orders/{order.number}").json
    assert (now["status"], now["content_hash"] == read) == ("unprocessed", False)
    taken = norden.post(address, {"erp_number": "SO-1", "content_hash": now["content_hash"]})
    assert (taken.status, taken.json["status"]) == (201, "exported")
