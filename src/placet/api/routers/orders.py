"""Orders, and their hand-over to the merchant's system."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from ninja import Query, Router
from ninja.responses import Status
from pydantic import Field, StringConstraints

from placet.api.call import ApiRequest
from placet.api.paging import Page, page_of
from placet.api.routers.steps import Hash
from placet.api.schemas.base import LARGEST, ListOf, Wish
from placet.api.schemas.order import Order, OrderSummary, show_order, show_order_summaries
from placet.api.versions import tag
from placet.orders import actions, models, queries
from placet.requisitions.actions import cancel_order as cancel

router = Router(tags=["orders"])


class OrderFilters(Page):
    """Orders by how far the hand-over is."""

    export_state: Literal["pending", "acknowledged", "failed"] | None = None


class NewAcknowledgement(Wish):
    """The number under which the merchant's system took the order over."""

    erp_number: Annotated[str, StringConstraints(max_length=200)]
    content_hash: Annotated[
        Hash | None,
        Field(description="of the content that it read: a 409 where that was changed since"),
    ] = None


class NewFailure(Wish):
    """Why the merchant's system could not take the order."""

    reason: Annotated[str, StringConstraints(max_length=2000)]


class NewPayment(Wish):
    """What was received for a prepaid order; amounts add up."""

    amount_minor: Annotated[int, Field(ge=1, le=LARGEST)]
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    received_on: Annotated[date, Field(strict=False)]
    reference: Annotated[str, StringConstraints(max_length=200)]


class NewOrderCancellation(Wish):
    """Why the order is cancelled."""

    reason: Annotated[str, StringConstraints(max_length=2000)]


class NewRetry(Wish):
    """Nothing needs to be said."""


@router.get("/orders", response=ListOf[OrderSummary])
def list_orders(request: ApiRequest, page: Query[OrderFilters]) -> ListOf[OrderSummary]:
    """Orders within reach, newest first; `export_state=pending` is the merchant's work."""
    found = queries.list_orders(request.actor)
    if page.export_state:
        found = found.filter(status=queries.EXPORT_STATES[page.export_state])
    return page_of(request, found, page, lambda rows: show_order_summaries(rows, request.actor))


@router.get("/orders/{order_id}", response=Order)
def get_order(request: ApiRequest, order_id: str) -> Order:
    """One order, by id or number, with exactly the content that was approved."""
    return _show(request, queries.get_order(request.actor, order_id))


@router.post("/orders/{order_id}/acknowledgements", response={201: Order})
def acknowledge_order(
    request: ApiRequest, order_id: str, body: NewAcknowledgement
) -> Status[Order]:
    """The merchant's system has the order; said again with the same number nothing changes."""
    order = queries.get_order(request.actor, order_id)
    actions.acknowledge_order(
        order,
        erp_number=body.erp_number,
        content_hash=body.content_hash or "",
        actor=request.actor,
        now=request.now,
    )
    return _changed(request, order)


@router.post("/orders/{order_id}/failures", response={201: Order})
def fail_order(request: ApiRequest, order_id: str, body: NewFailure) -> Status[Order]:
    """The merchant's system could not take the order; it waits under failed."""
    order = queries.get_order(request.actor, order_id)
    actions.fail_order(order, reason=body.reason, actor=request.actor, now=request.now)
    return _changed(request, order)


@router.post("/orders/{order_id}/retries", response={201: Order})
def retry_order(request: ApiRequest, order_id: str, body: NewRetry) -> Status[Order]:
    """Put a failed order back among the pending ones."""
    order = queries.get_order(request.actor, order_id)
    actions.retry_order(order, actor=request.actor, now=request.now)
    return _changed(request, order)


@router.post("/orders/{order_id}/payments", response={201: Order})
def receive_payment(request: ApiRequest, order_id: str, body: NewPayment) -> Status[Order]:
    """Money came in for a prepaid order; once all is there it is pending for export."""
    order = queries.get_order(request.actor, order_id)
    actions.receive_payment(
        order,
        amount_minor=body.amount_minor,
        currency=body.currency,
        received_on=body.received_on,
        reference=body.reference,
        actor=request.actor,
        now=request.now,
    )
    return _changed(request, order)


@router.post("/orders/{order_id}/cancellations", response={201: Order})
def cancel_order(request: ApiRequest, order_id: str, body: NewOrderCancellation) -> Status[Order]:
    """Cancel an order that awaits its payment; everything that it took is given back."""
    order = queries.get_order(request.actor, order_id)
    cancel(order, reason=body.reason, actor=request.actor, now=request.now)
    return _changed(request, order)


def _changed(request: ApiRequest, order: models.Order) -> Status[Order]:
    return Status(201, _show(request, queries.get_order(request.actor, order.id)))


def _show(request: ApiRequest, order: models.Order) -> Order:
    tag(request, order.version)
    return show_order(order, request.actor)
