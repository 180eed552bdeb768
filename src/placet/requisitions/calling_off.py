"""An order comes to nothing: what it took of budgets, stock, counters and history goes back."""

from __future__ import annotations

from datetime import datetime

from placet.budgets.actions import refund_reservations, uncount_purchase
from placet.catalog.actions import return_stock
from placet.core.actor import Actor
from placet.events.record import record
from placet.orders.content import read_content
from placet.orders.lifecycle import move_order
from placet.orders.models import Order
from placet.orders.payments import received_minor
from placet.plans.history import forget_history
from placet.requisitions.changing import quantities_of
from placet.requisitions.models import Requisition


def call_off(
    requisition: Requisition,
    order: Order,
    verb: str,
    *,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Give back everything that a locked order took, and say that it is cancelled.

    ``verb`` is how it gets there: cancelled by whoever may, or on a request that was accepted.
    """
    move_order(order, verb=verb)
    uncount_purchase(requisition.pk)
    refund_reservations(requisition.pk, actor=actor, now=now)
    return_stock(quantities_of(read_content(order.content)), actor=actor, now=now)
    forget_history(order.pk)
    record(
        "order.cancelled",
        order.pk,
        actor=actor,
        now=now,
        company_id=order.company_id,
        order=order.pk,
        number=order.number,
        requisition=requisition.pk,
        received_minor=received_minor(order),
        currency=order.currency,
        private={"reason": reason},
    )
