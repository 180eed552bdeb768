"""A change of an order: a later revision of what was ordered, while the order stands as it was.

Whether a requisition that waits for an answer changes an order is no column of its own: it does
when there is an order of it. Only a later revision can.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from placet.budgets.actions import Draw
from placet.budgets.models import Reservation
from placet.orders.content import Content, read_content
from placet.orders.models import Order, OrderChange
from placet.orders.queries import find_order_of
from placet.plans.credit import draw_of_content
from placet.requisitions.models import Requisition, Revision
from placet.requisitions.progress import plan_of


def find_changed(requisition: Requisition) -> Order | None:
    """The order that a requisition became, and that a later revision of it changes.

    No query for a first revision that waits: nothing of it was ordered yet.
    """
    is_first = requisition.revision is not None and requisition.revision.number == 1
    if is_first and requisition.status != Requisition.Status.ORDERED:
        return None
    return find_order_of(requisition.pk)


def is_changing(requisition: Requisition) -> bool:
    """Whether an order stands as it was while this waits for approval."""
    is_ordered = requisition.status == Requisition.Status.ORDERED
    return not is_ordered and find_changed(requisition) is not None


def has_changed(requisition: Requisition) -> bool:
    """Whether the order of a requisition has another content by now than it was placed with."""
    return OrderChange.objects.filter(order__requisition_id=requisition.pk).exists()


def ordered_revision(order: Order) -> Revision:
    """The revision whose bytes the order has."""
    return Revision.objects.get(pk=order.revision_id, requisition_id=order.requisition_id)


def ordered_at(order: Order) -> datetime:
    """When the content that the order has was ordered: at first, or by its last change."""
    last = order.changes.order_by("-number").first()
    moment: datetime = last.created_at if last else order.placed_at
    return moment


def beyond_order(requisition_id: str, draws: Sequence[Draw]) -> list[Draw]:
    """What has to be reserved for a content beside what an order of it has taken already."""
    rows = Reservation.objects.filter(
        requisition_id=requisition_id, status=Reservation.Status.COMMITTED
    )
    taken = dict(rows.values_list("budget_id", "committed_minor"))
    return [
        draw._replace(amount_minor=max(draw.amount_minor - taken.get(draw.budget_id, 0), 0))
        for draw in draws
    ]


def draws_of(requisition: Requisition, revision: Revision) -> list[Draw]:
    """What a revision takes from budgets and credit in full, as its plan and its bytes say."""
    draws = [Draw(effect.budget, effect.this_minor) for effect in plan_of(revision).budgets]
    content = read_content(revision.content)
    return draws + draw_of_content(
        requisition.company, content, submitted_at=requisition.submitted_at
    )


def held_by_order(order: Order | None) -> Mapping[str, int]:
    """How many of each product (by id) an order has taken; nothing without an order."""
    return quantities_of(read_content(order.content)) if order else {}


def quantities_of(read: Content) -> dict[str, int]:
    """How many of each product (by id) an order takes."""
    wanted: dict[str, int] = {}
    for line in read.lines:
        if line.product:
            wanted[line.product] = wanted.get(line.product, 0) + line.quantity
    return wanted
