"""What happens to orders: one file an action."""

from placet.orders.actions.acknowledge_order import (
    AlreadyAcknowledged,
    acknowledge_order,
    fail_order,
    retry_order,
)
from placet.orders.actions.create_order import create_order
from placet.orders.actions.receive_payment import AlreadyEntered, receive_payment

__all__ = [
    "AlreadyAcknowledged",
    "AlreadyEntered",
    "acknowledge_order",
    "create_order",
    "fail_order",
    "receive_payment",
    "retry_order",
]
