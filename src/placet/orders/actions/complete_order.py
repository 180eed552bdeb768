"""The end of an order: all of it has left, or the rest never will."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from placet.core.actor import Actor
from placet.core.transaction import transaction
from placet.events.record import record
from placet.orders.lifecycle import move_order
from placet.orders.models import Order
from placet.orders.shipping import can_ship_order
from placet.orders.shipping_rows import (
    count_open,
    enter_order,
    refuse_state,
    required_text,
)

LONGEST_REASON: Final = 400


@transaction
def complete_order(order: Order, *, reason: str, actor: Actor, now: datetime) -> Order:
    """End an order although something of it is open: the rest will not be delivered.

    The buyer is told why. Raises ``Conflict`` unless it was taken over and not completed yet.
    """
    reason = required_text(reason, "reason", LONGEST_REASON)
    locked = enter_order(order, actor)
    refuse_state(can_ship_order(actor, locked))
    locked.lines.filter(expected_on__isnull=False).update(expected_on=None)
    end_order(locked, reason=reason, actor=actor, now=now)
    order.refresh_from_db()
    return order


def end_order(order: Order, *, actor: Actor, now: datetime, reason: str = "") -> None:
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
    )
