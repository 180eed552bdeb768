"""The end of an order that was taken over: all of it has left, or the rest never will."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from placet.core.actor import Actor
from placet.events.record import record
from placet.orders.lifecycle import move_order
from placet.orders.models import Order
from placet.orders.shipping_rows import count_open


def end_order(order: Order, *, actor: Actor, now: datetime, reason: str = "", **facts: Any) -> None:
    """Move a locked order to its end, and say of how many lines something is missing."""
    missing = count_open(order)
    move_order(order, verb="complete")
    record(
        "order.completed",
        order.pk,
        actor=actor,
        now=now,
        company_id=order.company_id,
        order=order.pk,
        number=order.number,
        missing_lines=missing,
        private={"reason": reason} if reason else None,
        **facts,
    )
