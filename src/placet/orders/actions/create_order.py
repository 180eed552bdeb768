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
from placet.policy.terms import PREPAYMENT


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
    record_created(order, read, actor=actor, now=now)
    return order


def record_created(order: Order, read: Content, *, actor: Actor, now: datetime) -> None:
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


def new_order(
    read: Content,
    number: str,
    revision_id: str,
    content: bytes,
    content_hash: str,
    *,
    now: datetime,
) -> Order:
    """The row of an order, not yet written."""
    return Order(
        created_at=now,
        number=number,
        company_id=read.company,
        buyer_id=read.requester,
        requisition_id=read.requisition,
        requisition_number=read.number,
        revision_id=revision_id,
        content=content,
        content_hash=content_hash,
        name=read.name,
        status=_first_status(read),
        terms=read.terms,
        currency=read.currency,
        goods_minor=read.goods_minor,
        shipping_minor=read.shipping_minor,
        tax_minor=read.tax_minor,
        total_minor=read.total_minor,
        line_count=len(read.lines),
        po_number=read.po_number,
        placed_at=now,
    )


def _first_status(read: Content) -> Order.Status:
    """What is paid before it is processed waits for its money, where there is any to pay."""
    if read.terms == PREPAYMENT and read.total_minor > 0:
        return Order.Status.AWAITING_PAYMENT
    return Order.Status.UNPROCESSED


def new_lines(order: Order, read: Content) -> list[OrderLine]:
    """The rows of its lines, not yet written."""
    return [
        OrderLine(
            order=order,
            number=line.number,
            sku=line.sku,
            name=line.name,
            pack=line.pack,
            quantity=line.quantity,
            unit_price_minor=line.unit_price_minor,
            price_quantity=line.price_quantity,
            total_minor=line.total_minor,
        )
        for line in read.lines
    ]
