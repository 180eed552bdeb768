"""What happens to orders: one file an action."""

from placet.orders.actions.acknowledge_order import (
    AlreadyAcknowledged,
    ChangedSinceRead,
    acknowledge_order,
    fail_order,
    retry_order,
)
from placet.orders.actions.acknowledge_orders import acknowledge_orders
from placet.orders.actions.ask_about_order import (
    AlreadyAsked,
    ask_about_order,
    decline_order_request,
    withdraw_order_request,
)
from placet.orders.actions.change_order import change_order
from placet.orders.actions.create_order import create_order
from placet.orders.actions.receive_payment import AlreadyEntered, receive_payment

__all__ = [
    "AlreadyAcknowledged",
    "AlreadyAsked",
    "AlreadyEntered",
    "ChangedSinceRead",
    "acknowledge_order",
    "acknowledge_orders",
    "ask_about_order",
    "change_order",
    "create_order",
    "decline_order_request",
    "fail_order",
    "receive_payment",
    "retry_order",
    "withdraw_order_request",
]
