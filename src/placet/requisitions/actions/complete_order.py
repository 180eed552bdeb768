"""An order whose rest will never be delivered: what that took is given back, and it ends."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from placet.budgets.actions import recount_purchase, replace_commitments, uncount_purchase
from placet.budgets.models import Reservation
from placet.core.actor import Actor
from placet.core.transaction import transaction
from placet.orders.content import Content, delivered_content, read_content
from placet.orders.ending import end_order
from placet.orders.lifecycle import lock_order
from placet.orders.models import Order
from placet.orders.shipping import can_ship_order
from placet.orders.shipping_rows import refuse_state, require_desk, required_text
from placet.plans.delivered import draws_of_delivered
from placet.plans.history import shorten_history
from placet.requisitions.lifecycle import lock_requisition

LONGEST_REASON: Final = 400


@transaction
def complete_order(order: Order, *, reason: str, actor: Actor, now: datetime) -> Order:
    """End an order although something of it is open: the rest will not be delivered.

    Exactly what never left is given back: to the budgets and the credit, in the requester's
    periods and in the history; where nothing left, all of it with the shipping. The stock stays as
    the supplier states it: what cannot be delivered is not there. The buyer is told why. Raises
    ``Conflict`` unless it was taken over and not completed yet.
    """
    reason = required_text(reason, "reason", LONGEST_REASON)
    require_desk(order, actor)
    lock_requisition(order.requisition_id)
    locked = lock_order(order.pk)
    refuse_state(can_ship_order(actor, locked))
    locked.lines.filter(expected_on__isnull=False).update(expected_on=None)
    ordered = read_content(locked.content)
    delivered = delivered_content(
        ordered, dict(locked.lines.values_list("number", "shipped_quantity"))
    )
    _give_back(locked, ordered, delivered, actor=actor, now=now)
    end_order(
        locked,
        reason=reason,
        actor=actor,
        now=now,
        missing_minor=ordered.total_minor - delivered.total_minor,
        currency=locked.currency,
    )
    order.refresh_from_db()
    return order


def _give_back(
    order: Order, ordered: Content, delivered: Content, *, actor: Actor, now: datetime
) -> None:
    """Count a locked order from now on as if only this had ever been ordered."""
    if any(line.quantity for line in delivered.lines):
        recount_purchase(order.requisition_id, spend_minor=delivered.goods_minor)
    else:
        uncount_purchase(order.requisition_id)
    taken = Reservation.objects.select_related("budget").filter(
        requisition_id=order.requisition_id, status=Reservation.Status.COMMITTED
    )
    draws = draws_of_delivered(list(taken), ordered=ordered, delivered=delivered)
    replace_commitments(
        order.requisition_id, revision_id=order.revision_id, draws=draws, actor=actor, now=now
    )
    shorten_history(delivered, order_id=order.pk)
