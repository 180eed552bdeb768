"""What the supplier sent, what is missing and when it comes, and what never will."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from babel.dates import format_date
from django.utils.translation import gettext as _

from placet.budgets.models import Reservation
from placet.companies.queries import get_merchant
from placet.core.errors import NotFound
from placet.core.formats import locale_of
from placet.events.models import EventPrivate
from placet.notices.addresses import order_url
from placet.notices.letter import Dropped, Letter, Recipient
from placet.notices.models import Mail
from placet.notices.words import header_text
from placet.orders.models import Order, Shipment
from placet.orders.queries import get_order
from placet.orders.shipping import LineProgress, read_progress_of

MOST_LINES = 20


def write_shipped(mail: Mail, recipient: Recipient) -> Letter:
    """A part of the order, or all of it, is on its way."""
    shipment = Shipment.objects.filter(pk=mail.subject_ref, voided_at__isnull=True).first()
    if shipment is None:
        raise Dropped("the shipment was voided")
    order = _order(shipment.order_id, recipient)
    progress = read_progress_of(order)
    lines = {line.number: line for line in progress.lines}
    sent = [
        {"quantity": row.quantity, "name": lines[row.line_number].name}
        for row in shipment.lines.order_by("line_number")
        if row.line_number in lines
    ]
    subject = _("%(merchant)s has sent %(purchase)s, shipment %(number)s")
    return _letter(
        "shipped",
        subject % {**_names(order), "number": shipment.number},
        order,
        recipient,
        lines=sent[:MOST_LINES],
        more=max(len(sent) - MOST_LINES, 0),
        carrier=shipment.carrier,
        tracking=shipment.tracking,
        missing=_missing(progress.open_lines, recipient),
        shipment=shipment.number,
        is_last=not progress.open_lines,
    )


def write_expected(mail: Mail, recipient: Recipient) -> Letter:
    """The supplier says when what is missing comes."""
    order = _order(mail.subject_ref, recipient)
    late = [line for line in read_progress_of(order).open_lines if line.expected_on]
    if order.status != Order.Status.EXPORTED or not late:
        raise Dropped("nothing is awaited")
    return _letter(
        "expected",
        _("%(merchant)s says when the rest of %(purchase)s comes") % _names(order),
        order,
        recipient,
        missing=_missing(late, recipient),
    )


def write_closed_short(mail: Mail, recipient: Recipient) -> Letter:
    """The rest of an order will not be delivered."""
    order = _order(mail.subject_ref, recipient)
    missing = read_progress_of(order).open_lines
    if order.status != Order.Status.COMPLETED or not missing:
        raise Dropped("nothing is missing")
    return _letter(
        "closed_short",
        _("%(merchant)s will not deliver the rest of %(purchase)s") % _names(order),
        order,
        recipient,
        missing=_missing(missing, recipient),
        reason=_reason(mail.event_id),
        has_budget=Reservation.objects.filter(requisition_id=order.requisition_id).exists(),
    )


def write_shipment_voided(mail: Mail, recipient: Recipient) -> Letter:
    """What was told of a shipment was wrong: it is still to come."""
    shipment = Shipment.objects.filter(pk=mail.subject_ref, voided_at__isnull=False).first()
    if shipment is None:
        raise Dropped("the shipment stands")
    order = _order(shipment.order_id, recipient)
    subject = _("%(merchant)s takes shipment %(number)s of %(purchase)s back")
    return _letter(
        "shipment_voided",
        subject % {**_names(order), "number": shipment.number},
        order,
        recipient,
        shipment=shipment.number,
        reason=shipment.void_reason,
    )


def _reason(event_id: str) -> str:
    """What whoever closed the order said; erased words are none."""
    said = EventPrivate.objects.filter(event_id=event_id).values_list("payload", flat=True).first()
    return str(json.loads(said).get("reason", "")) if said else ""


def _order(order_id: str, recipient: Recipient) -> Order:
    try:
        return get_order(recipient.actor, order_id)
    except NotFound as error:
        raise Dropped("the order is outside the reach of this person") from error


def _names(order: Order) -> dict[str, str]:
    return {"merchant": get_merchant().name, "purchase": order.name}


def _missing(lines: list[LineProgress], recipient: Recipient) -> list[dict[str, Any]]:
    return [
        {
            "quantity": line.open,
            "name": line.name,
            "on": _day(line.expected_on, recipient) if line.expected_on else "",
        }
        for line in lines[:MOST_LINES]
    ]


def _day(day: date, recipient: Recipient) -> str:
    return str(format_date(day, "EEE d MMM", locale_of(recipient.language)))


def _letter(
    template: str, subject: str, order: Order, recipient: Recipient, **facts: Any
) -> Letter:
    return Letter(
        subject=header_text(subject),
        template=template,
        button_url=order_url(recipient.actor.company_slug, order.number),
        facts={
            **_names(order),
            "order": order.number,
            "number": order.requisition_number,
            "po_number": order.po_number,
            "company": recipient.actor.company_name,
            **facts,
        },
    )
