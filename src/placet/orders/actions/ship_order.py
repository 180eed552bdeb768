"""What left the store: a part of an order, or all that is open of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import F, Max
from django.utils.translation import gettext as _

from placet.companies.queries import get_merchant_day
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record
from placet.orders.ending import end_order
from placet.orders.models import Order, Shipment, ShipmentLine
from placet.orders.shipping import can_ship_order
from placet.orders.shipping_rows import (
    change_shipped,
    checked_text,
    count_open,
    enter_order,
    refuse_state,
)

OLDEST: Final = timedelta(days=365)
LONGEST_CARRIER: Final = 80
LONGEST_TRACKING: Final = 200


@transaction
def ship_order(
    order: Order,
    *,
    shipped_on: date,
    actor: Actor,
    now: datetime,
    quantities: Mapping[int, int] | None = None,
    carrier: str = "",
    tracking: str = "",
    after: int | None = None,
) -> Shipment:
    """Enter what left: ``quantities`` by the number of the line, in packs as they were ordered.

    Without quantities everything that is open leaves. With the last of it the order is complete.
    ``shipped_on`` is a day of the merchant's calendar that has begun, of the last year. ``after``
    is the number of the last shipment that was seen, 0 for none: what is entered twice, by a second
    click or by two people, would leave twice. Raises ``Forbidden``, ``NotFound`` for an order
    outside the actor's customers, ``Conflict`` for one that was not taken over or has a shipment
    that was not seen, ``MoreThanOpen``, ``InvalidInput``.
    """
    carrier = checked_text(carrier, "carrier", LONGEST_CARRIER)
    tracking = checked_text(tracking, "tracking", LONGEST_TRACKING)
    _check_shipped_on(shipped_on, now)
    locked = enter_order(order, actor)
    refuse_state(can_ship_order(actor, locked))
    wanted = _quantities_of(locked, quantities)
    last = locked.shipments.aggregate(last=Max("number"))["last"] or 0
    if after is not None and after != last:
        raise Conflict(_("Another shipment was entered meanwhile. Look at what is still open."))
    shipment = Shipment.objects.create(
        created_at=now,
        order=locked,
        number=last + 1,
        shipped_on=shipped_on,
        carrier=carrier,
        tracking=tracking,
        actor_member=actor.member_id,
        channel=actor.channel,
    )
    _take(locked, wanted)
    ShipmentLine.objects.bulk_create(
        ShipmentLine(shipment=shipment, line_number=number, quantity=quantity)
        for number, quantity in sorted(wanted.items())
    )
    _record_shipped(shipment, wanted, count_open(locked), actor=actor, now=now)
    if not count_open(locked):
        end_order(locked, actor=actor, now=now)
    order.refresh_from_db()
    return shipment


def _quantities_of(order: Order, quantities: Mapping[int, int] | None) -> dict[int, int]:
    if quantities is None:
        rows = order.lines.filter(shipped_quantity__lt=F("quantity"))
        return {line.number: line.quantity - line.shipped_quantity for line in rows}
    for number, quantity in quantities.items():
        if quantity < 1:
            raise InvalidInput(f"lines/{number}", "positive", _("A quantity is one or more."))
    if not quantities:
        raise InvalidInput("lines", "required", _("Say how much of at least one line has left."))
    return dict(quantities)


def _take(order: Order, wanted: Mapping[int, int]) -> None:
    for number, quantity in sorted(wanted.items()):
        change_shipped(order, number, quantity)
    done = order.lines.filter(shipped_quantity__gte=F("quantity"), expected_on__isnull=False)
    done.update(expected_on=None)


def _record_shipped(
    shipment: Shipment, wanted: Mapping[int, int], left: int, *, actor: Actor, now: datetime
) -> None:
    order = shipment.order
    said = {"carrier": shipment.carrier, "tracking": shipment.tracking}
    record(
        "order.shipped",
        order.pk,
        actor=actor,
        now=now,
        company_id=order.company_id,
        order=order.pk,
        number=order.number,
        shipment=shipment.pk,
        shipment_number=shipment.number,
        shipped_on=shipment.shipped_on.isoformat(),
        lines=[{"number": key, "quantity": count} for key, count in sorted(wanted.items())],
        open_lines=left,
        private={name: text for name, text in said.items() if text} or None,
    )


def _check_shipped_on(day: date, now: datetime) -> None:
    today = get_merchant_day(now)
    if not today - OLDEST <= day <= today:
        raise InvalidInput(
            "shipped_on", "range", _("A shipment left today or within the last year.")
        )
