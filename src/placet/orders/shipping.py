"""How far an order has been delivered: what left, what is open, when the rest is expected."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import F
from django.utils.translation import gettext as _

from placet.companies.customer_scope import has_in_scope
from placet.companies.refusals import Refusal
from placet.core.actor import Actor
from placet.orders.models import Order, OrderLine, Shipment
from placet.orders.permissions import can_process_orders

SHIPPED_FROM = (Order.Status.EXPORTED,)
VOIDED_FROM = (Order.Status.EXPORTED, Order.Status.COMPLETED)


class LineProgress(NamedTuple):
    """A line in packs as they were ordered; ``expected_on`` is the day of what is open."""

    number: int
    sku: str
    name: str
    pack: str
    ordered: int
    shipped: int
    expected_on: date | None

    @property
    def open(self) -> int:
        """What has not left yet."""
        return self.ordered - self.shipped


class Progress(NamedTuple):
    """All lines and all shipments of an order, voided ones too, oldest first."""

    lines: tuple[LineProgress, ...]
    shipments: tuple[Shipment, ...]

    @property
    def valid(self) -> list[Shipment]:
        """The shipments that were not voided."""
        return [one for one in self.shipments if one.voided_at is None]

    @property
    def open_lines(self) -> list[LineProgress]:
        """The lines of which something has not left yet."""
        return [line for line in self.lines if line.open]

    @property
    def is_begun(self) -> bool:
        """Whether anything has left."""
        return any(line.shipped for line in self.lines)

    @property
    def next_on(self) -> date | None:
        """The first day on which something of the rest is expected."""
        days = [line.expected_on for line in self.open_lines if line.expected_on]
        return min(days, default=None)


def read_progress_of(order: Order) -> Progress:
    """The lines and shipments of an order, in three queries."""
    lines = tuple(_line(line) for line in order.lines.order_by("number"))
    return Progress(lines, tuple(list_shipments(order)))


def list_shipments(order: Order) -> Sequence[Shipment]:
    """The shipments of an order with their lines, oldest first."""
    return list(order.shipments.prefetch_related("lines").order_by("number"))


def can_ship_order(actor: Actor, order: Order) -> Refusal | None:
    """What the supplier's system took over is shipped, by the staff who process orders."""
    return _can_work_on(actor, order) or _in(order, SHIPPED_FROM)


def can_void_shipment(actor: Actor, shipment: Shipment) -> Refusal | None:
    """A shipment is voided once; an order that it had completed is open again then.

    Not where the order was closed short: what never left was given back, and stays so.
    """
    refusal = _can_work_on(actor, shipment.order) or _in(shipment.order, VOIDED_FROM)
    if refusal:
        return refusal
    if shipment.voided_at is not None:
        return Refusal("voided", _("This shipment was voided already."))
    if was_closed_short(shipment.order):
        return Refusal(
            "closed_short",
            _("This order was closed, and what had not left by then was given back."),
        )
    return None


def was_closed_short(order: Order) -> bool:
    """Whether an order ended although something of it had not left."""
    is_completed = order.status == Order.Status.COMPLETED
    return is_completed and order.lines.filter(shipped_quantity__lt=F("quantity")).exists()


def _can_work_on(actor: Actor, order: Order) -> Refusal | None:
    refusal = can_process_orders(actor)
    if refusal:
        return refusal
    if not has_in_scope(actor, order.company_id):
        return Refusal("not_found", _("There is no such order."))
    return None


def _in(order: Order, states: tuple[str, ...]) -> Refusal | None:
    if order.status in states:
        return None
    status = order.get_status_display().lower()
    return Refusal("state", _("The order is %(status)s now.") % {"status": status})


def _line(line: OrderLine) -> LineProgress:
    return LineProgress(
        line.number,
        line.sku,
        line.name,
        line.pack,
        line.quantity,
        line.shipped_quantity,
        line.expected_on,
    )
