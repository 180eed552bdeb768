"""Changing an order, and asking about one that the merchant has taken over."""

from __future__ import annotations

from typing import Annotated, Literal

from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja.responses import Status
from pydantic import StringConstraints

from placet.api.call import ApiRequest
from placet.api.paging import Page, page_of, whole_list
from placet.api.schemas.base import ListOf, Wish
from placet.api.schemas.cart import Cart, show_cart
from placet.api.schemas.order_change import (
    OrderChangeShown,
    OrderRequestShown,
    show_order_change,
    show_order_request,
)
from placet.api.versions import tag
from placet.carts.pricing import price_cart
from placet.carts.queries import get_cart
from placet.core.errors import NotFound
from placet.orders import actions, models
from placet.orders.asked import get_order_request, list_open_requests, list_requests_of
from placet.orders.queries import get_order
from placet.requisitions.actions import accept_order_request as accept
from placet.requisitions.actions import edit_requisition
from placet.requisitions.queries import get_requisition

router = Router(tags=["orders"])
Words = Annotated[str, StringConstraints(max_length=2000)]


class NewOrderChange(Wish):
    """Nothing needs to be said: the cart that opens has what is ordered now."""


class NewOrderRequest(Wish):
    """What is asked of the merchant, and why; both sides read it."""

    kind: Literal["cancel", "change"]
    reason: Words


class NewRequestDecline(Wish):
    """Why not; both sides read it."""

    answer: Words


class NewRequestAnswer(Wish):
    """Nothing needs to be said."""


@router.get("/orders/{order_id}/changes", response=ListOf[OrderChangeShown])
def list_order_changes(request: ApiRequest, order_id: str) -> ListOf[OrderChangeShown]:
    """How the order's content changed, the first change first; each was approved."""
    order = get_order(request.actor, order_id)
    rows = order.changes.order_by("number")
    return whole_list([show_order_change(one, order.currency) for one in rows])


@router.post("/orders/{order_id}/changes", response={201: Cart})
def begin_order_change(request: ApiRequest, order_id: str, body: NewOrderChange) -> Status[Cart]:
    """Open a cart with what is ordered now; submitting it changes the order once it is approved."""
    order = get_order(request.actor, order_id)
    requisition = get_requisition(request.actor, order.requisition_id)
    opened = edit_requisition(requisition, actor=request.actor, now=request.now)
    cart = get_cart(request.actor, opened.pk)
    tag(request, cart.version)
    priced = price_cart(cart, now=request.now)
    return Status(201, show_cart(cart, priced, request.actor))


@router.get("/order-requests", response=ListOf[OrderRequestShown])
def list_order_requests(request: ApiRequest, page: Query[Page]) -> ListOf[OrderRequestShown]:
    """What waits for the merchant's answer, within reach."""
    rows = list_open_requests(request.actor).order_by("-created_at", "-id")
    return page_of(request, rows, page, lambda found: [_show(one, request) for one in found])


@router.get("/orders/{order_id}/requests", response=ListOf[OrderRequestShown])
def list_requests_of_order(request: ApiRequest, order_id: str) -> ListOf[OrderRequestShown]:
    """Everything that was asked about an order, newest first."""
    rows = list_requests_of(get_order(request.actor, order_id)).select_related("order")
    return whole_list([_show(one, request) for one in rows])


@router.post("/orders/{order_id}/requests", response={201: OrderRequestShown})
def ask_about_order(
    request: ApiRequest, order_id: str, body: NewOrderRequest
) -> Status[OrderRequestShown]:
    """Ask the merchant to cancel an order that they took over, or to give it back."""
    asked = actions.ask_about_order(
        get_order(request.actor, order_id),
        kind=body.kind,
        reason=body.reason,
        actor=request.actor,
        now=request.now,
    )
    return _answered(request, asked)


@router.post(
    "/orders/{order_id}/requests/{request_id}/acceptances", response={201: OrderRequestShown}
)
def accept_order_request(
    request: ApiRequest, order_id: str, request_id: str, body: NewRequestAnswer
) -> Status[OrderRequestShown]:
    """Cancel the order, or put it back among the unprocessed ones for the buyer to change."""
    asked = _get(request, order_id, request_id)
    return _answered(request, accept(asked, actor=request.actor, now=request.now))


@router.post("/orders/{order_id}/requests/{request_id}/declines", response={201: OrderRequestShown})
def decline_order_request(
    request: ApiRequest, order_id: str, request_id: str, body: NewRequestDecline
) -> Status[OrderRequestShown]:
    """Leave the order as it is, with a reason."""
    asked = _get(request, order_id, request_id)
    declined = actions.decline_order_request(
        asked, answer=body.answer, actor=request.actor, now=request.now
    )
    return _answered(request, declined)


@router.post(
    "/orders/{order_id}/requests/{request_id}/withdrawals", response={201: OrderRequestShown}
)
def withdraw_order_request(
    request: ApiRequest, order_id: str, request_id: str, body: NewRequestAnswer
) -> Status[OrderRequestShown]:
    """Take back what was asked, before it is answered."""
    asked = _get(request, order_id, request_id)
    withdrawn = actions.withdraw_order_request(asked, actor=request.actor, now=request.now)
    return _answered(request, withdrawn)


def _get(request: ApiRequest, order_id: str, request_id: str) -> models.OrderRequest:
    asked = get_order_request(request.actor, request_id)
    if asked.order_id != get_order(request.actor, order_id).pk:
        raise NotFound(_("There is no such request."))
    return asked


def _answered(request: ApiRequest, asked: models.OrderRequest) -> Status[OrderRequestShown]:
    return Status(201, _show(get_order_request(request.actor, asked.pk), request))


def _show(asked: models.OrderRequest, request: ApiRequest) -> OrderRequestShown:
    return show_order_request(asked, request.actor)
