"""Receipts and a cancellation of one prepaid order at once: paid once, or ended, never both."""

from __future__ import annotations

import pytest

from placet.budgets.models import Reservation
from placet.events.models import Event
from placet.jobs.verify import verify
from placet.orders.models import Order
from placet.orders.payments import read_paid
from placet.requisitions.actions import cancel_order
from tests.cast import NOW, Cast
from tests.ground import Failed, Ground, race
from tests.requisitions.test_prepayment import pay, prepaid_order


@pytest.fixture
def owed(committed_db: Ground, cast: Cast) -> Order:
    """An order that waits for its money."""
    return prepaid_order(cast)


def test_two_halves_at_once_pay_it_once(owed: Order, cast: Cast) -> None:
    half = owed.total_minor // 2
    amounts = [half, owed.total_minor - half, 1, 1]
    results = race(
        [
            lambda amount=amount, n=n: pay(owed, amount, cast.tomas, cast, f"R-{n}").amount_minor
            for n, amount in enumerate(amounts)
        ]
    )
    assert [one for one in results if isinstance(one, Failed)] == []
    owed.refresh_from_db()
    assert (owed.status, read_paid(owed).received_minor) == ("unprocessed", sum(amounts))
    assert Event.objects.filter(subject=owed.pk, type="order.paid").count() == 1
    assert verify() == []


def test_the_same_receipt_twice_at_once_is_entered_once(owed: Order, cast: Cast) -> None:
    results = race([lambda: pay(owed, 100, cast.tomas, cast).amount_minor] * 4)
    assert {one.code for one in results if isinstance(one, Failed)} == {"already_entered"}
    assert read_paid(owed).received_minor == 100


def test_a_receipt_against_a_cancellation_ends_in_one_of_the_two(owed: Order, cast: Cast) -> None:
    race(
        [
            lambda: pay(owed, owed.total_minor, cast.tomas, cast).amount_minor,
            lambda: cancel_order(owed, reason="Late.", actor=cast.lena, now=NOW).status,
        ]
    )
    owed.refresh_from_db()
    received = read_paid(owed).received_minor
    assert (owed.status, received) in {("unprocessed", owed.total_minor), ("cancelled", 0)}
    held = {one.status for one in Reservation.objects.filter(requisition_id=owed.requisition_id)}
    assert held <= {"committed" if owed.status == "unprocessed" else "refunded"}
    assert verify() == []
