"""What buyers ask about orders that were taken over, within the reach of whoever looks."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.orders.models import Order, OrderRequest
from placet.orders.queries import list_orders


def list_requests_of(order: Order) -> QuerySet[OrderRequest]:
    """Everything that was asked about an order, newest first, with who asked and answered."""
    return order.requests.select_related("asked_by__user", "answered_by__user").order_by(
        "-created_at", "-id"
    )


def list_open_requests(actor: Actor) -> QuerySet[OrderRequest]:
    """What waits for the supplier's answer, oldest first, of the orders that the actor sees."""
    return (
        OrderRequest.objects.filter(
            status=OrderRequest.Status.OPEN, order__in=list_orders(actor).order_by()
        )
        .select_related("order__company", "asked_by__user")
        .order_by("created_at", "id")
    )


def get_order_request(actor: Actor, request_id: str) -> OrderRequest:
    """One request by its id; ``NotFound`` outside the actor's reach."""
    found = (
        OrderRequest.objects.filter(pk=request_id, order__in=list_orders(actor).order_by())
        .select_related("order__company", "asked_by__user", "answered_by__user")
        .first()
    )
    if found is None:
        raise NotFound(_("There is no such request."))
    return found
