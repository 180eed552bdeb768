"""What left of an order: shipments, the days of what is open, and the end of it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.utils.translation import gettext as _
from ninja import Router
from ninja.responses import Status
from pydantic import Field, StringConstraints

from placet.api.call import ApiRequest
from placet.api.schemas.base import LARGEST, Wish
from placet.api.schemas.shipment import OrderDelivery, Shipment, show_delivery, show_shipment
from placet.core.errors import InvalidInput, NotFound
from placet.orders import models, queries
from placet.orders.actions import expect_lines as expecting
from placet.orders.actions import ship_order as shipping
from placet.orders.actions import void_shipment as voiding
from placet.requisitions import actions as requisitions

router = Router(tags=["orders"])
LineNumber = Annotated[int, Field(ge=1, le=1_000_000)]
Day = Annotated[date, Field(strict=False)]
Reason = Annotated[str, StringConstraints(max_length=2000)]


class QuantityWish(Wish):
    """How much of a line leaves, in packs as they were ordered."""

    line: LineNumber
    quantity: Annotated[int, Field(ge=1, le=LARGEST)]


class NewShipment(Wish):
    """What leaves; without `lines` everything that is open does."""

    shipped_on: Day
    lines: Annotated[list[QuantityWish], Field(max_length=10_000)] | None = None
    carrier: Annotated[str, StringConstraints(max_length=200)] = ""
    tracking: Annotated[str, StringConstraints(max_length=400)] = ""


class ShipmentVoiding(Wish):
    """What is wrong with the shipment; the buyer reads it."""

    reason: Reason


class ExpectedDay(Wish):
    """The day on which what is open of a line is expected; null takes it back."""

    line: LineNumber
    expected_on: Day | None


class ExpectedDays(Wish):
    """The days of some lines; the others stay."""

    lines: Annotated[list[ExpectedDay], Field(min_length=1, max_length=10_000)]


class NewOrderCompletion(Wish):
    """Why the rest will not be delivered; the buyer reads it."""

    reason: Reason


@router.get("/orders/{order_id}/delivery", response=OrderDelivery)
def get_order_delivery(request: ApiRequest, order_id: str) -> OrderDelivery:
    """What left of an order, what is open, and when it is expected."""
    return show_delivery(queries.get_order(request.actor, order_id))


@router.post("/orders/{order_id}/shipments", response={201: Shipment})
def ship_order(request: ApiRequest, order_id: str, body: NewShipment) -> Status[Shipment]:
    """Enter what left; with the last of it the order is completed."""
    shipment = shipping.ship_order(
        queries.get_order(request.actor, order_id),
        quantities=_quantities(body.lines),
        shipped_on=body.shipped_on,
        carrier=body.carrier,
        tracking=body.tracking,
        actor=request.actor,
        now=request.now,
    )
    return Status(201, show_shipment(shipment))


@router.post("/orders/{order_id}/shipments/{shipment_id}/voidings", response={201: Shipment})
def void_shipment(
    request: ApiRequest, order_id: str, shipment_id: str, body: ShipmentVoiding
) -> Status[Shipment]:
    """Take back a shipment that was entered wrongly; what was in it is open again."""
    order = queries.get_order(request.actor, order_id)
    shipment = models.Shipment.objects.filter(order=order, pk=shipment_id).first()
    if shipment is None:
        raise NotFound(_("There is no such shipment."))
    voided = voiding.void_shipment(
        shipment, reason=body.reason, actor=request.actor, now=request.now
    )
    return Status(201, show_shipment(voided))


@router.post("/orders/{order_id}/expected-days", response={201: OrderDelivery})
def expect_lines(request: ApiRequest, order_id: str, body: ExpectedDays) -> Status[OrderDelivery]:
    """Say when what is open is expected."""
    order = queries.get_order(request.actor, order_id)
    days = {one.line: one.expected_on for one in body.lines}
    _refuse_twins([one.line for one in body.lines])
    expecting.expect_lines(order, days=days, actor=request.actor, now=request.now)
    return Status(201, show_delivery(order))


@router.post("/orders/{order_id}/completions", response={201: OrderDelivery})
def complete_order(
    request: ApiRequest, order_id: str, body: NewOrderCompletion
) -> Status[OrderDelivery]:
    """End an order although something is open: the rest will not be delivered."""
    order = queries.get_order(request.actor, order_id)
    requisitions.complete_order(order, reason=body.reason, actor=request.actor, now=request.now)
    return Status(201, show_delivery(order))


def _quantities(lines: list[QuantityWish] | None) -> dict[int, int] | None:
    if lines is None:
        return None
    _refuse_twins([one.line for one in lines])
    return {one.line: one.quantity for one in lines}


def _refuse_twins(numbers: list[int]) -> None:
    seen: set[int] = set()
    for place, number in enumerate(numbers):
        if number in seen:
            raise InvalidInput(f"lines/{place}/line", "twice", _("This line is named twice."))
        seen.add(number)
