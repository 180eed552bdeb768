"""What was taken over is not changed by the buyer alone: they ask, and the supplier answers."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from placet.companies.holding import hold_actor
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput
from placet.core.transaction import transaction
from placet.orders.asking import (
    checked_words,
    close_request,
    lock_request,
    record_request,
    require_open,
)
from placet.orders.lifecycle import lock_order
from placet.orders.models import Order, OrderRequest
from placet.orders.permissions import (
    can_answer_order_request,
    can_ask_about_order,
    can_withdraw_order_request,
)

Status = OrderRequest.Status


class AlreadyAsked(Conflict):
    """Something is asked about this order, and the supplier has not answered yet."""

    code = "already_asked"


@transaction
def ask_about_order(
    order: Order, *, kind: str, reason: str, actor: Actor, now: datetime
) -> OrderRequest:
    """Ask the supplier to cancel an order that they took over, or to give it back for a change.

    ``reason`` is read by both sides. Raises ``Forbidden`` for everybody but the buyer and the
    company's admins, ``Conflict`` for an order that is not exported, ``AlreadyAsked``,
    ``InvalidInput``.
    """
    if kind not in OrderRequest.Kind.values:
        raise InvalidInput("kind", "unknown", _("Ask to cancel or to change it."))
    reason = checked_words(reason, "reason", _("Say why."))
    hold_actor(actor)
    locked = lock_order(order.pk)
    require_open(can_ask_about_order(actor, locked))
    if locked.requests.filter(status=Status.OPEN).exists():
        raise AlreadyAsked(_("The supplier has not answered yet what was asked before."))
    request = OrderRequest.objects.create(
        created_at=now, order=locked, kind=kind, reason=reason, asked_by_id=actor.member_id
    )
    record_request("order.request_opened", request, actor=actor, now=now, said=reason)
    return request


@transaction
def withdraw_order_request(request: OrderRequest, *, actor: Actor, now: datetime) -> OrderRequest:
    """Take back what was asked, before it is answered."""
    hold_actor(actor)
    locked = lock_request(request)
    require_open(can_withdraw_order_request(actor, locked))
    close_request(locked, Status.WITHDRAWN, actor=actor, now=now)
    record_request("order.request_withdrawn", locked, actor=actor, now=now)
    return locked


@transaction
def decline_order_request(
    request: OrderRequest, *, answer: str, actor: Actor, now: datetime
) -> OrderRequest:
    """Leave the order as it is, with a reason for the buyer."""
    answer = checked_words(answer, "answer", _("Say why not."))
    hold_actor(actor)
    locked = lock_request(request)
    require_open(can_answer_order_request(actor, locked))
    close_request(locked, Status.DECLINED, answer=answer, actor=actor, now=now)
    record_request("order.request_declined", locked, actor=actor, now=now, said=answer)
    return locked
