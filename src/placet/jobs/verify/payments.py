"""Prepayment: nothing leaves to be processed before all of its money was entered."""

from __future__ import annotations

from collections.abc import Iterator

from placet.jobs.verify.finding import Finding
from placet.orders.content import Content
from placet.orders.models import Order
from placet.orders.payments import read_paid
from placet.policy.terms import PREPAYMENT

UNPROCESSED = (Order.Status.AWAITING_PAYMENT, Order.Status.CANCELLED)


def check_paid(order: Order, read: Content) -> Iterator[Finding]:
    """The order's terms are those that were approved, and prepayment was received in full."""
    if order.terms and order.terms != read.terms:
        yield Finding("terms_differ", order.id, "It is not paid as was approved.")
    if read.terms != PREPAYMENT:
        if order.status == Order.Status.AWAITING_PAYMENT:
            yield Finding(
                "waits_for_nothing", order.id, "It waits for money without being prepaid."
            )
        return
    paid = read_paid(order)
    if order.status not in UNPROCESSED and paid.left_minor:
        yield Finding("order_unpaid", order.id, "It left before it was paid.")
    if any(one.currency != order.currency for one in paid.payments):
        yield Finding("payment_currency", order.id, "It was paid in another currency.")
