"""An order that will not be delivered: everything that placing it took is given back."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from placet.companies.holding import hold_companies
from placet.core.actor import Actor
from placet.core.transaction import transaction
from placet.orders.asking import checked_words, require_open
from placet.orders.lifecycle import lock_order
from placet.orders.models import Order
from placet.orders.payments import received_minor
from placet.orders.permissions import can_cancel_order
from placet.requisitions.calling_off import call_off
from placet.requisitions.keeping_order import keep_order
from placet.requisitions.lifecycle import lock_requisition


@transaction
def cancel_order(order: Order, *, reason: str, actor: Actor, now: datetime) -> Order:
    """Cancel an order for good: budgets are refunded, the stock and the counters are as before.

    Its requisition stays what it was: approved and ordered; a change that waits for approval ends
    with it. What was paid already the supplier pays back. Raises ``Forbidden`` for those who may
    not, ``Conflict`` for an order whose state does not allow it (by now), ``InvalidInput`` without
    a reason.
    """
    reason = checked_words(reason, "reason", _("Say why it is cancelled."))
    hold_companies(order.company_id, actor.company_id, member_id=actor.member_id)
    requisition = lock_requisition(order.requisition_id)
    locked = lock_order(order.pk)
    received = received_minor(locked)
    require_open(can_cancel_order(actor, locked, is_begun=received > 0))
    if locked.status == Order.Status.CHANGING:
        keep_order(requisition, locked, because="cancel", actor=actor, now=now)
    call_off(requisition, locked, "cancel", reason=reason, actor=actor, now=now)
    order.refresh_from_db()
    return order
