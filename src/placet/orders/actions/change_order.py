"""An order takes another content: that of a later revision of the requisition that it came from."""

from __future__ import annotations

from datetime import datetime

from placet.core.actor import Actor
from placet.core.transaction import transaction
from placet.events.canonical import sha256
from placet.events.record import record
from placet.orders.content import Content, read_content
from placet.orders.lifecycle import move_order
from placet.orders.models import Order, OrderChange, OrderLine
from placet.orders.payments import received_minor
from placet.orders.rows import columns_of, new_lines
from placet.policy.terms import PREPAYMENT


@transaction
def change_order(
    order: Order,
    *,
    revision_id: str,
    content: bytes,
    content_hash: str,
    actor: Actor,
    now: datetime,
) -> OrderChange:
    """Let a locked order that is being changed say what this revision says.

    The caller has proved that every step approved this hash. Number, requisition and the moment of
    ordering stay. A prepaid order that costs more than was received waits for its money again.
    """
    if sha256(content) != content_hash:
        raise RuntimeError(f"the stored content of revision {revision_id} was changed")
    read = read_content(content)
    if read.requisition != order.requisition_id:
        raise RuntimeError(f"{order.number} does not come from {read.requisition}")
    change = OrderChange.objects.create(
        created_at=now,
        order=order,
        number=order.changes.count() + 1,
        from_revision_id=order.revision_id,
        from_hash=order.content_hash,
        from_total_minor=order.total_minor,
        to_revision_id=revision_id,
        to_hash=content_hash,
        to_total_minor=read.total_minor,
    )
    before_minor = order.goods_minor + order.shipping_minor
    is_unpaid = read.terms == PREPAYMENT and received_minor(order) < read.total_minor
    move_order(
        order,
        verb="charge" if is_unpaid else "change",
        revision_id=revision_id,
        content=content,
        content_hash=content_hash,
        **columns_of(read),
    )
    order.lines.all().delete()
    OrderLine.objects.bulk_create(new_lines(order, read))
    _record(order, change, read, before_minor, actor=actor, now=now)
    return change


def _record(
    order: Order,
    change: OrderChange,
    read: Content,
    before_minor: int,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    record(
        "order.changed",
        order.pk,
        actor=actor,
        now=now,
        company_id=order.company_id,
        order=order.pk,
        number=order.number,
        requisition=order.requisition_id,
        change=change.number,
        before=change.from_hash,
        hash=change.to_hash,
        state=str(order.status),
        before_minor=before_minor,
        total_minor=read.net_minor,
        tax_minor=order.tax_minor,
        currency=order.currency,
        lines=len(read.lines),
    )
