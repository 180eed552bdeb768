"""How far an order has come to its buyer: shipments, what is missing, the sentence that says so."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from placet.companies.queries import get_merchant_day
from placet.core.actor import Actor
from placet.events.models import Event
from placet.orders.models import Order, Shipment
from placet.orders.queries import list_orders
from placet.orders.shipping import Progress, can_ship_order, can_void_shipment, read_progress_of
from placet.web import formats


class ShippedLine(NamedTuple):
    """A line of a shipment by its name; ``of`` is how much was ordered."""

    number: int
    name: str
    quantity: int
    of: int


class ShipmentRow(NamedTuple):
    """A shipment as both sides see it; whether its maker may take it back."""

    shipment: Shipment
    lines: list[ShippedLine]
    may_void: bool


class Delivery(NamedTuple):
    """What left and what did not; ``closed_because`` says why the rest of it never will."""

    progress: Progress
    rows: list[ShipmentRow]
    sentence: str
    may_ship: bool
    today: date
    closed_because: str


class Neighbours(NamedTuple):
    """The numbers of the orders placed just before and after one, within the reader's reach."""

    before: str
    after: str


def read_delivery(actor: Actor, order: Order, *, now: datetime) -> Delivery:
    """Lines and shipments in a number of queries that is constant."""
    progress = read_progress_of(order)
    because = _closed_because(order) if order.status == Order.Status.COMPLETED else ""
    today = get_merchant_day(now)
    return Delivery(
        progress=progress,
        rows=[_row(actor, order, progress, one) for one in progress.shipments],
        sentence=_sentence(order, progress, today),
        may_ship=can_ship_order(actor, order) is None,
        today=today,
        closed_because=because,
    )


def find_neighbours(actor: Actor, order: Order) -> Neighbours:
    """For leafing through the orders."""
    orders = list_orders(actor)
    older = Q(placed_at__lt=order.placed_at) | Q(placed_at=order.placed_at, pk__lt=order.pk)
    newer = Q(placed_at__gt=order.placed_at) | Q(placed_at=order.placed_at, pk__gt=order.pk)
    before = orders.filter(older).values_list("number", flat=True).first()
    later = orders.filter(newer).order_by("placed_at", "id")
    return Neighbours(before or "", later.values_list("number", flat=True).first() or "")


def _row(actor: Actor, order: Order, progress: Progress, shipment: Shipment) -> ShipmentRow:
    lines = {line.number: line for line in progress.lines}
    shipment.order = order
    return ShipmentRow(
        shipment,
        [
            ShippedLine(
                one.line_number,
                lines[one.line_number].name,
                one.quantity,
                lines[one.line_number].ordered,
            )
            for one in shipment.lines.all()
            if one.line_number in lines
        ],
        can_void_shipment(actor, shipment) is None,
    )


def _sentence(order: Order, progress: Progress, today: date) -> str:
    """What is missing and when it comes, in one sentence; nothing before it was taken over."""
    missing = len(progress.open_lines)
    if order.status == Order.Status.COMPLETED:
        return _("Everything has been sent.") if not missing else _closed_short(missing)
    if order.status != Order.Status.EXPORTED:
        return ""
    if not progress.is_begun and progress.next_on is None:
        return _("Nothing has been sent yet.")
    if progress.next_on is None:
        return ngettext(
            "A part has been sent; %(n)d line is still to come.",
            "A part has been sent; %(n)d lines are still to come.",
            missing,
        ) % {"n": missing}
    values = {"n": missing, "on": formats.day(progress.next_on, today=today)}
    if progress.is_begun:
        return (
            ngettext(
                "A part has been sent; %(n)d line is still to come, expected on %(on)s.",
                "A part has been sent; %(n)d lines are still to come, the first on %(on)s.",
                missing,
            )
            % values
        )
    return _("Nothing has been sent yet; it is expected from %(on)s on.") % values


def _closed_short(missing: int) -> str:
    return ngettext(
        "The order is closed; %(n)d line will not be delivered in full.",
        "The order is closed; %(n)d lines will not be delivered in full.",
        missing,
    ) % {"n": missing}


def _closed_because(order: Order) -> str:
    """What whoever closed it said; erased words are none."""
    events = Event.objects.filter(subject=order.pk, type="order.completed", private__isnull=False)
    said = events.order_by("-seq").values_list("private__payload", flat=True).first()
    return str(json.loads(said).get("reason", "")) if said else ""
