"""What the buyer asks about an order that was taken over: one question at a time, one answer."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from placet.companies.refusals import Refusal
from placet.core.actor import Actor
from placet.core.errors import Conflict, Forbidden, InvalidInput
from placet.events.record import record
from placet.orders.lifecycle import lock_order
from placet.orders.models import OrderRequest
from placet.orders.permissions import can_answer_order_request

LONGEST = 400


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
    closed = OrderRequest.objects.filter(pk=request.pk, status=OrderRequest.Status.OPEN).update(
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


def require_open(refusal: Refusal | None) -> None:
    """Raise what a refusal means: a state is a ``Conflict``, a person ``Forbidden``."""
    if refusal is not None:
        raise (Conflict if refusal.code == "state" else Forbidden)(refusal.sentence)
