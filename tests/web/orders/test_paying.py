"""A prepaid order on its page: what is to be paid, receipts, and its end before them."""

from __future__ import annotations

import pytest

from placet.orders.payments import read_paid
from tests.cast import Cast
from tests.requisitions.test_prepayment import pay, prepaid_order
from tests.web.pages import as_actor, page

pytestmark = pytest.mark.django_db
RECEIPT = {"amount": "1.50", "received_on": "2026-11-24", "reference": "Statement 7"}


def test_the_buyer_reads_what_to_transfer_and_no_form_of_the_staff(cast: Cast) -> None:
    order = prepaid_order(cast)
    pay(order, 300, cast.tomas, cast, "Statement 6")
    shown = page(cast.lena, f"orders/{order.number}/")
    assert f"name <b>{order.number}</b> as the reference" in shown
    assert "3.00" in shown
    assert "Enter the receipt" not in shown
    assert "Statement 6" not in shown
    assert "Statement 6" in page(cast.tomas, f"orders/{order.number}/")


def test_receipts_are_entered_until_it_is_paid(cast: Cast) -> None:
    order = prepaid_order(cast)
    desk = as_actor(cast.tomas)
    address = f"/c/norden/orders/{order.number}/"
    listed = page(cast.tomas, "orders/?status=awaiting_payment")
    assert order.number in listed
    assert order.number not in page(cast.tomas, "orders/?status=unprocessed")
    answer = desk.post(address + "receipts/", RECEIPT, follow=True)
    assert "The receipt is entered." in answer.content.decode()
    again = desk.post(address + "receipts/", RECEIPT)
    assert again.status_code == 422
    assert "was entered already" in again.content.decode()
    left = f"{read_paid(order).left_minor / 100:.2f}"
    last = desk.post(address + "receipts/", {**RECEIPT, "amount": left}, follow=True)
    assert f"{order.number} is paid." in last.content.decode()
    order.refresh_from_db()
    assert order.status == "unprocessed"
    assert "Acknowledge" in page(cast.tomas, f"orders/{order.number}/")


@pytest.mark.parametrize("amount", ["", "0", "-1", "NaN", "1.234", "x", "1e9", "9" * 30])
def test_what_is_no_amount_comes_back_as_it_was_typed(cast: Cast, amount: str) -> None:
    order = prepaid_order(cast)
    answer = as_actor(cast.tomas).post(
        f"/c/norden/orders/{order.number}/receipts/", {**RECEIPT, "amount": amount}
    )
    assert answer.status_code == 422
    assert "Statement 7" in answer.content.decode()
    assert not order.payments.exists()


def test_the_buyer_cancels_it(cast: Cast) -> None:
    order = prepaid_order(cast)
    lena = as_actor(cast.lena)
    address = f"/c/meridian/orders/{order.number}/cancel/"
    assert lena.post(address, {"cancel_reason": " "}).status_code == 422
    answer = lena.post(address, {"cancel_reason": "Found some."}, follow=True)
    assert "is cancelled. The budget is free again." in answer.content.decode()
    assert "Nothing will be delivered." in page(cast.lena, f"orders/{order.number}/")
    assert lena.post(address, {"cancel_reason": "Again."}).status_code == 409
    page(cast.ola, f"orders/{order.number}/", status=404)
