"""The supplier agrees to what was asked: the order is cancelled, or given back to be changed."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from placet.companies.holding import hold_companies
from placet.core.actor import Actor
from placet.core.errors import Conflict
from placet.core.transaction import transaction
from placet.orders.asking import close_request, lock_request, record_request, require_open
from placet.orders.lifecycle import move_order
from placet.orders.models import Order, OrderRequest
from placet.orders.permissions import can_answer_order_request
from placet.requisitions.calling_off import call_off
from placet.requisitions.lifecycle import lock_requisition


@transaction
def accept_order_request(request: OrderRequest, *, actor: Actor, now: datetime) -> OrderRequest:
    """Cancel the order with everything that it took, or put it back among the unprocessed ones.

    To be changed then is the buyer's; the supplier's number stays until it is taken over again.
    Raises ``Forbidden`` for everybody but the supplier's staff who process orders, ``Conflict``
    once it is answered, and where a part of the order has left already.
    """
    hold_companies(request.order.company_id, actor.company_id, member_id=actor.member_id)
    requisition = lock_requisition(request.order.requisition_id)
    locked = lock_request(request)
    order = locked.order
    require_open(can_answer_order_request(actor, locked))
    _require_nothing_left(order)
    close_request(locked, OrderRequest.Status.ACCEPTED, actor=actor, now=now)
    record_request("order.request_accepted", locked, actor=actor, now=now)
    if locked.kind == OrderRequest.Kind.CHANGE:
        move_order(order, verb="accept_change")
    else:
        reason = locked.reason
        call_off(requisition, order, "accept_cancellation", reason=reason, actor=actor, now=now)
    return locked


def _require_nothing_left(order: Order) -> None:
    if order.shipments.filter(voided_at=None).exists():
        raise Conflict(
            _("A part of %(order)s has left already: decline, and say so.")
            % {"order": order.number}
        )
