"""How far an order has been paid that is paid before it is processed."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Sum

from placet.orders.models import Order, Payment


class Paid(NamedTuple):
    """Received of what was asked for, in minor units of the order's currency."""

    received_minor: int
    total_minor: int
    payments: tuple[Payment, ...]

    @property
    def left_minor(self) -> int:
        """What is still to come; nothing once it is paid."""
        return max(self.total_minor - self.received_minor, 0)

    @property
    def over_minor(self) -> int:
        """What came in beyond what was asked for."""
        return max(self.received_minor - self.total_minor, 0)


def received_minor(order: Order) -> int:
    """The sum of what came in for an order."""
    return order.payments.aggregate(sum=Sum("amount_minor"))["sum"] or 0


def read_paid(order: Order) -> Paid:
    """The receipts of an order, oldest first, with their sum."""
    payments = tuple(order.payments.order_by("received_on", "created_at", "id"))
    return Paid(sum(one.amount_minor for one in payments), order.total_minor, payments)
