"""Prepaid orders in the API: chosen terms, receipts, cancellations."""

from __future__ import annotations

import pytest

from tests.api.caller import Caller
from tests.cast import Cast
from tests.requisitions.road import GLOVES, fill_cart
from tests.requisitions.test_prepayment import offer, prepaid_order

pytestmark = pytest.mark.django_db
RECEIPT = {"currency": "EUR", "received_on": "2026-11-24", "reference": "A-1"}


def test_receipts_add_up_and_then_it_is_pending_for_export(
    cast: Cast, lena: Caller, norden: Caller
) -> None:
    order = prepaid_order(cast)
    address = f"/orders/{order.number}"
    assert norden.get("/orders?export_state=pending").json["data"] == []
    assert lena.post(f"{address}/payments", {**RECEIPT, "amount_minor": 1}).status == 403
    key = {"idempotency_key": "one-receipt"}
    first = norden.post(f"{address}/payments", {**RECEIPT, "amount_minor": 100}, **key)
    twice = norden.post(f"{address}/payments", {**RECEIPT, "amount_minor": 100}, **key)
    assert (first.status, twice.status) == (201, 201)
    assert twice.json["prepayment"]["received"]["amount_minor"] == 100
    wrong = norden.post(f"{address}/payments", {**RECEIPT, "amount_minor": 1, "currency": "PLN"})
    assert wrong.status == 422
    rest = {**RECEIPT, "reference": "A-2", "amount_minor": order.total_minor}
    paid = norden.post(f"{address}/payments", rest).json
    assert (paid["status"], paid["export_state"], paid["terms"]) == (
        "unprocessed",
        "pending",
        "prepayment",
    )
    assert paid["prepayment"]["over"]["amount_minor"] == 100
    seen = lena.get(address).json["prepayment"]
    assert [one["reference"] for one in seen["payments"]] == ["", ""]
    assert lena.post(f"{address}/cancellations", {"reason": "Late."}).status == 403


def test_a_cart_says_which_terms_it_may_choose(cast: Cast, lena: Caller) -> None:
    offer(cast, "prepayment")
    cart = fill_cart(cast, (GLOVES, 20))
    shown = lena.get(f"/carts/{cart.pk}").json
    assert (shown["terms"], shown["offered_terms"]) == ("net_30", ["net_30", "prepayment"])
    changed = lena.patch(f"/carts/{cart.pk}", {"terms": "prepayment"}, if_match="*")
    assert changed.json["terms"] == "prepayment"
    refused = lena.patch(f"/carts/{cart.pk}", {"terms": "net_90"}, if_match="*")
    assert (refused.status, refused.json["errors"][0]["pointer"]) == (422, "/terms")
