"""The one way an order comes into being: from the stored bytes of an approved revision."""

from __future__ import annotations

from datetime import datetime

from placet.companies.actions import next_number
from placet.companies.queries import get_merchant
from placet.core.actor import Actor
from placet.core.transaction import transaction
from placet.events.canonical import sha256
from placet.events.record import record
from placet.orders.content import Content, read_content
from placet.orders.models import Order, OrderLine
from placet.orders.rows import new_lines, new_order


@transaction
def create_order(
    *,
    revision_id: str,
    content: bytes,
    content_hash: str,
    actor: Actor,
    now: datetime,
) -> Order:
    """Make the order of a revision; the caller has proved that every step approved this hash.

    ``requisition_id`` is unique, so a second attempt for it fails in the database.
    The bytes are hashed again: an order never leaves with a content that differs from its approval.
    """
    if sha256(content) != content_hash:
        raise RuntimeError(f"the stored content of revision {revision_id} was changed")
    read = read_content(content)
    number = next_number(get_merchant().id, "ORD")
    order = new_order(read, number, revision_id, content, content_hash, now=now)
    order.save(force_insert=True)
    OrderLine.objects.bulk_create(new_lines(order, read))
    record_created(order, read=read, actor=actor, now=now)
    return order


def record_created(order: Order, *, read: Content, actor: Actor, now: datetime) -> None:
    """That it exists, in the customer's trail."""
    record(
        "order.created",
        order.id,
        actor=actor,
        now=now,
        company_id=read.company,
        order=order.id,
        number=order.number,
        requisition=read.requisition,
        hash=order.content_hash,
        state=str(order.status),
        total_minor=read.net_minor,
        tax_minor=order.tax_minor,
        currency=order.currency,
        lines=len(read.lines),
    )
