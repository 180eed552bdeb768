"""The rows of an order as its content says, not yet written: one at a time, or many at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from placet.orders.content import Content
from placet.orders.models import Order, OrderLine
from placet.policy.terms import PREPAYMENT


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
        status=_first_status(read),
        placed_at=now,
        **columns_of(read),
    )


def columns_of(read: Content) -> dict[str, Any]:
    """What lists read of an order's content."""
    return {
        "name": read.name,
        "terms": read.terms,
        "currency": read.currency,
        "goods_minor": read.goods_minor,
        "shipping_minor": read.shipping_minor,
        "tax_minor": read.tax_minor,
        "total_minor": read.total_minor,
        "line_count": len(read.lines),
        "po_number": read.po_number,
    }


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
