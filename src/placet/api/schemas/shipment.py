"""Documents about what left of an order, what is open, and when it is expected."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from placet.api.schemas.base import Answer, Resourceful, frame
from placet.orders import models
from placet.orders.shipping import read_progress_of


class ShippedQuantity(Answer):
    """How much of a line was in a shipment, in packs as they were ordered."""

    line: int
    quantity: int


class Shipment(Resourceful):
    """A part of an order that left; a voided one counts no more, and says why."""

    object: Literal["shipment"] = "shipment"
    number: int
    shipped_on: date
    carrier: str
    tracking: str
    lines: list[ShippedQuantity]
    voided_at: datetime | None
    void_reason: str


class LineDelivery(Answer):
    """A line: ordered, shipped, open, and the day on which what is open is expected."""

    line: int
    sku: str
    ordered: int
    shipped: int
    open: int
    expected_on: date | None


class OrderDelivery(Answer):
    """How far an order has been delivered: its lines, and its shipments oldest first."""

    object: Literal["order_delivery"] = "order_delivery"
    order: str
    number: str
    status: str
    lines: list[LineDelivery]
    shipments: list[Shipment]


def show_shipment(shipment: models.Shipment) -> Shipment:
    """One shipment with its lines."""
    return Shipment(
        **frame(shipment),
        number=shipment.number,
        shipped_on=shipment.shipped_on,
        carrier=shipment.carrier,
        tracking=shipment.tracking,
        lines=[
            ShippedQuantity(line=line.line_number, quantity=line.quantity)
            for line in shipment.lines.all()
        ],
        voided_at=shipment.voided_at,
        void_reason=shipment.void_reason,
    )


def show_delivery(order: models.Order) -> OrderDelivery:
    """An order's lines and shipments, in three queries."""
    progress = read_progress_of(order)
    return OrderDelivery(
        order=order.id,
        number=order.number,
        status=order.status,
        lines=[
            LineDelivery(
                line=line.number,
                sku=line.sku,
                ordered=line.ordered,
                shipped=line.shipped,
                open=line.open,
                expected_on=line.expected_on,
            )
            for line in progress.lines
        ],
        shipments=[show_shipment(one) for one in progress.shipments],
    )
