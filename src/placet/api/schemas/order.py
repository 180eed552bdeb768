"""Documents about orders, and what the merchant's system says about them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal

from placet.api.schemas.base import Answer, Money, Named, Person, Resourceful, frame, money, person
from placet.api.schemas.content import ContentShown, show_content
from placet.core.actor import Actor
from placet.orders import models
from placet.orders.content import read_content
from placet.orders.payments import read_paid
from placet.orders.queries import EXPORT_STATES
from placet.policy.terms import PREPAYMENT

STATE_OF_STATUS = {status: state for state, status in EXPORT_STATES.items()}


class OrderSummary(Resourceful):
    """An order in a list; ``total`` is goods and shipping before tax.

    ``export_state`` is ``pending``, ``acknowledged`` or ``failed``, and nothing for other states.
    """

    object: Literal["order"] = "order"
    number: str
    name: str
    status: str
    export_state: str | None
    company: Named
    buyer: Person
    requisition: str
    requisition_number: str
    revision: str
    content_hash: str
    total: Money
    total_with_tax: Money
    line_count: int
    terms: str
    po_number: str
    erp_number: str
    failure: str
    placed_at: datetime


class PaymentShown(Answer):
    """A receipt; its reference is the merchant's own and told to nobody else."""

    object: Literal["payment"] = "payment"
    id: str
    amount: Money
    received_on: date
    reference: str


class Prepayment(Answer):
    """How far a prepaid order is paid; ``over`` is what came in beyond its total."""

    received: Money
    left: Money
    over: Money
    payments: list[PaymentShown]


class Order(OrderSummary):
    """An order with exactly the content that was approved; ``prepayment`` where it is prepaid."""

    prepayment: Prepayment | None
    content: ContentShown


def show_order_summaries(orders: Sequence[models.Order], actor: Actor) -> list[OrderSummary]:
    """Orders of a list, with company and buyer loaded."""
    return [OrderSummary(**_summary(order, actor)) for order in orders]


def show_order(order: models.Order, actor: Actor) -> Order:
    """One order with its content."""
    content = show_content(read_content(order.content), for_merchant=actor.is_merchant)
    return Order(**_summary(order, actor), prepayment=_prepayment(order, actor), content=content)


def _prepayment(order: models.Order, actor: Actor) -> Prepayment | None:
    if order.terms != PREPAYMENT:
        return None
    paid = read_paid(order)
    return Prepayment(
        received=money(paid.received_minor, order.currency),
        left=money(paid.left_minor, order.currency),
        over=money(paid.over_minor, order.currency),
        payments=[
            PaymentShown(
                id=one.id,
                amount=money(one.amount_minor, one.currency),
                received_on=one.received_on,
                reference=one.reference if actor.is_merchant else "",
            )
            for one in paid.payments
        ],
    )


def _summary(order: models.Order, actor: Actor) -> dict[str, Any]:
    return {
        **frame(order),
        "number": order.number,
        "name": order.name,
        "status": order.status,
        "export_state": STATE_OF_STATUS.get(models.Order.Status(order.status)),
        "company": Named(id=order.company_id, name=order.company.name),
        "buyer": person(order.buyer),
        "requisition": order.requisition_id,
        "requisition_number": order.requisition_number,
        "revision": order.revision_id,
        "content_hash": order.content_hash,
        "total": money(order.goods_minor + order.shipping_minor, order.currency),
        "total_with_tax": money(order.total_minor, order.currency),
        "line_count": order.line_count,
        "terms": order.terms,
        "po_number": order.po_number,
        "erp_number": order.erp_number,
        # Why the merchant's own system refused an order is the merchant's business.
        "failure": order.failure if actor.is_merchant else "",
        "placed_at": order.placed_at,
    }
