"""A shipment that was entered wrongly gives its quantities back."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db.models import F
from django.utils.translation import gettext as _

from placet.core.actor import Actor
from placet.core.errors import Conflict
from placet.core.transaction import transaction
from placet.events.record import record
from placet.orders.lifecycle import move_order
from placet.orders.models import Order, Shipment
from placet.orders.shipping import can_void_shipment
from placet.orders.shipping_rows import (
    change_shipped,
    enter_order,
    refuse_state,
    required_text,
)

LONGEST_REASON: Final = 400


@transaction
def void_shipment(shipment: Shipment, *, reason: str, actor: Actor, now: datetime) -> Shipment:
    """A shipment that was entered wrongly: its quantities are open again, and so is the order.

    Raises ``Conflict`` for one that was voided before, or whose order was cancelled meanwhile.
    """
    reason = required_text(reason, "reason", LONGEST_REASON)
    locked = enter_order(shipment.order, actor)
    shipment = Shipment.objects.select_related("order").get(pk=shipment.pk)
    refuse_state(can_void_shipment(actor, shipment))
    rows = Shipment.objects.filter(pk=shipment.pk, voided_at__isnull=True)
    if not rows.update(voided_at=now, void_reason=reason, version=F("version") + 1):
        raise Conflict(_("This shipment was voided already."))
    for line in shipment.lines.all():
        change_shipped(locked, line.line_number, -line.quantity)
    if locked.status == Order.Status.COMPLETED:
        move_order(locked, verb="reopen")
    shipment.refresh_from_db()
    record(
        "order.shipment_voided",
        locked.pk,
        actor=actor,
        now=now,
        company_id=locked.company_id,
        order=locked.pk,
        number=locked.number,
        shipment=shipment.pk,
        shipment_number=shipment.number,
        private={"reason": reason},
    )
    return shipment
