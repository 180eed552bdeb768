"""An order's row: locked, and moved along its lifecycle by guarded updates alone."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from placet.core.errors import Conflict
from placet.core.transaction import running
from placet.orders.models import Order, OrderRequest
from placet.policy.lifecycles import ORDER, NotAllowed, next_state

ENDED = (Order.Status.COMPLETED, Order.Status.CANCELLED)
"""Where nothing is left to ask; who voids a shipment of a completed order opens it anew."""


def lock_order(order_id: str) -> Order:
    """The order's row, locked; a requisition that is locked too comes before it."""
    running()
    return (
        Order.objects.select_for_update(of=("self",))
        .select_related("company", "buyer__user")
        .get(pk=order_id)
    )


def move_order(order: Order, *, verb: str, **values: Any) -> None:
    """Take an order along one transition of its lifecycle; raises ``Conflict`` where it cannot.

    What is asked about an order that has ended needs no answer any more.
    """
    try:
        target = next_state(ORDER, order.status, verb)
    except NotAllowed as error:
        raise _conflict(order) from error
    moved = Order.objects.filter(pk=order.pk, status=order.status).update(
        status=target, version=F("version") + 1, **values
    )
    order.refresh_from_db()
    if not moved:
        raise _conflict(order)
    if target in ENDED:
        asked = OrderRequest.objects.filter(order=order, status=OrderRequest.Status.OPEN)
        asked.update(status=OrderRequest.Status.WITHDRAWN)


def _conflict(order: Order) -> Conflict:
    return Conflict(
        _("%(order)s is %(status)s now.")
        % {"order": order.number, "status": order.get_status_display().lower()}
    )
