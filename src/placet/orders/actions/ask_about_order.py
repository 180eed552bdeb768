"""What was taken over is not changed by the buyer alone: they ask, and the supplier answers."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from placet.companies.holding import hold_actor
from placet.companies.refusals import Refusal
from placet.core.actor import Actor
from placet.core.errors import Conflict, Forbidden, InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record
from placet.orders.lifecycle import lock_order
from placet.orders.models import Order, OrderRequest
from placet.orders.permissions import (
    can_answer_order_request,
    can_ask_about_order,
    can_withdraw_order_request,
)

LONGEST = 400
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
    require(can_ask_about_order(actor, locked))
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
    locked = lock_request(request)
    require(can_withdraw_order_request(actor, locked))
    close_request(locked, Status.WITHDRAWN, actor=actor, now=now)
    record_request("order.request_withdrawn", locked, actor=actor, now=now)
    return locked


@transaction
def decline_order_request(
    request: OrderRequest, *, answer: str, actor: Actor, now: datetime
) -> OrderRequest:
    """Leave the order as it is, with a reason for the buyer."""
    answer = checked_words(answer, "answer", _("Say why not."))
    locked = lock_request(request)
    require(can_answer_order_request(actor, locked))
    close_request(locked, Status.DECLINED, answer=answer, actor=actor, now=now)
    record_request("order.request_declined", locked, actor=actor, now=now, said=answer)
    return locked


def lock_request(request: OrderRequest) -> OrderRequest:
    """The request as it is now, with its order locked."""
    order = lock_order(request.order_id)
    found = OrderRequest.objects.select_related("asked_by__user").get(pk=request.pk)
    found.order = order
    return found


def close_request(
    request: OrderRequest, status: str, *, answer: str = "", actor: Actor, now: datetime
) -> None:
    """Answer a request once, by a guarded update; raises ``Conflict`` where it was before."""
    closed = OrderRequest.objects.filter(pk=request.pk, status=Status.OPEN).update(
        status=status, answer=answer, answered_by_id=actor.member_id or None, answered_at=now
    )
    request.refresh_from_db(fields=["status", "answer", "answered_by", "answered_at"])
    if not closed:
        refusal = can_answer_order_request(actor, request)
        raise Conflict(refusal.sentence if refusal else _("It was answered before."))


def record_request(
    type_: str, request: OrderRequest, *, actor: Actor, now: datetime, said: str = ""
) -> None:
    """A fact about a request, in the customer's trail."""
    order = request.order
    record(
        type_,
        order.pk,
        actor=actor,
        now=now,
        company_id=order.company_id,
        order=order.pk,
        number=order.number,
        request=request.pk,
        kind=str(request.kind),
        private={"reason": said} if said else None,
    )


def checked_words(text: str, path: str, missing: str) -> str:
    """What one side says to the other, of one to 400 letters; raises ``InvalidInput``."""
    wanted = text.strip()
    if not wanted:
        raise InvalidInput(path, "required", missing)
    if len(wanted) > LONGEST or "\x00" in wanted:
        raise InvalidInput(path, "too_long", _("At most 400 letters."))
    return wanted


def require(refusal: Refusal | None) -> None:
    """Raise what a refusal means: a state is a ``Conflict``, a person ``Forbidden``."""
    if refusal is not None:
        raise (Conflict if refusal.code == "state" else Forbidden)(refusal.sentence)
