"""Documents about changes of orders, and about what is asked of the merchant."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from placet.api.schemas.base import Answer, Money, Person, Resourceful, frame, money, person
from placet.core.actor import Actor
from placet.orders import models


class OrderChangeShown(Answer):
    """Another approved content took over; totals are with tax."""

    object: Literal["order_change"] = "order_change"
    number: int
    from_revision: str
    from_hash: str
    from_total: Money
    to_revision: str
    to_hash: str
    to_total: Money
    changed_at: datetime


class OrderRequestShown(Resourceful):
    """What the buyer asks about an order that was taken over, and the merchant's answer.

    Who of the merchant's people answered is told to the merchant alone.
    """

    object: Literal["order_request"] = "order_request"
    order: str
    order_number: str
    kind: Literal["cancel", "change"]
    status: Literal["open", "accepted", "declined", "withdrawn"]
    reason: str
    answer: str
    asked_by: Person
    answered_by: Person | None
    answered_at: datetime | None


def show_order_change(change: models.OrderChange, currency: str) -> OrderChangeShown:
    """One change of an order."""
    return OrderChangeShown(
        number=change.number,
        from_revision=change.from_revision_id,
        from_hash=change.from_hash,
        from_total=money(change.from_total_minor, currency),
        to_revision=change.to_revision_id,
        to_hash=change.to_hash,
        to_total=money(change.to_total_minor, currency),
        changed_at=change.created_at,
    )


def show_order_request(request: models.OrderRequest, actor: Actor) -> OrderRequestShown:
    """One request, with its order and its people loaded."""
    is_told = actor.is_merchant or request.status == models.OrderRequest.Status.WITHDRAWN
    answered = request.answered_by if is_told else None
    return OrderRequestShown(
        **frame(request),
        order=request.order_id,
        order_number=request.order.number,
        kind=request.kind,  # type: ignore[arg-type]
        status=request.status,  # type: ignore[arg-type]
        reason=request.reason,
        answer=request.answer,
        asked_by=person(request.asked_by),
        answered_by=person(answered) if answered else None,
        answered_at=request.answered_at,
    )
