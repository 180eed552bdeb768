"""What happens to orders: one file an action."""

from placet.orders.actions.acknowledge_order import (
    AlreadyAcknowledged,
    acknowledge_order,
    fail_order,
    retry_order,
)
from placet.orders.actions.create_order import create_order

__all__ = [
    "AlreadyAcknowledged",
    "acknowledge_order",
    "create_order",
    "fail_order",
    "retry_order",
]
