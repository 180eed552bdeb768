"""An order as its page tells it, to the buyer's people and to the supplier's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Q, QuerySet

from placet.companies.models import Member
from placet.core.actor import Actor
from placet.orders.content import Content, read_content
from placet.orders.models import HandOver, Order
from placet.orders.permissions import PROCESS
from placet.orders.queries import list_hand_overs
from placet.requisitions.models import Decision, DecisionOutcome, Requisition
from placet.requisitions.queries import list_decisions


class HandOverRow(NamedTuple):
    """What was said about an order, and by whom; a key has no name."""

    hand_over: HandOver
    person: str


class OrderPage(NamedTuple):
    """Everything that the page of an order shows."""

    order: Order
    content: Content
    hand_overs: list[HandOverRow]
    approvals: list[Decision]
    requisition: Requisition | None
    may_process: bool

    @property
    def last(self) -> HandOverRow | None:
        """The latest word of the supplier's system."""
        return self.hand_overs[-1] if self.hand_overs else None


def read_order(actor: Actor, order: Order) -> OrderPage:
    """The order with its hand-overs and the approvals that released it, in a few queries."""
    requisition = Requisition.objects.filter(pk=order.requisition_id).first()
    return OrderPage(
        order=order,
        content=read_content(order.content),
        hand_overs=_rows(list(list_hand_overs(order))),
        approvals=_approvals(requisition),
        requisition=requisition,
        may_process=actor.is_merchant and actor.holds(PROCESS),
    )


def filtered_orders(orders: QuerySet[Order], status: str, text: str) -> QuerySet[Order]:
    """The orders in this state whose number, name, reference, SKU or company has the text."""
    if status:
        orders = orders.filter(status=status)
    if text:
        found = Q()
        for column in ("number", "requisition_number", "po_number", "erp_number", "name"):
            found |= Q((f"{column}__icontains", text))
        found |= Q(company__name__icontains=text) | Q(buyer__user__name__icontains=text)
        found |= Q(pk__in=Order.objects.filter(lines__sku__iexact=text).values("pk"))
        orders = orders.filter(found)
    return orders


def count_by_state(orders: QuerySet[Order], states: Iterable[str]) -> dict[str, int]:
    """How many there are in each of these states, counted no further than a thousand."""
    return {state: orders.filter(status=state).order_by()[:1000].count() for state in states}


def _approvals(requisition: Requisition | None) -> list[Decision]:
    """What was said and took effect, oldest first."""
    if requisition is None:
        return []
    return [
        decision
        for decision in list_decisions(requisition).filter(revision_id=requisition.revision_id)
        if decision.kind == Decision.Kind.APPROVE
        and getattr(getattr(decision, "outcome", None), "kind", "") == DecisionOutcome.Kind.APPLIED
    ]


def _rows(hand_overs: list[HandOver]) -> list[HandOverRow]:
    members = {hand_over.actor_member for hand_over in hand_overs if hand_over.actor_member}
    people = dict(Member.objects.filter(pk__in=members).values_list("pk", "user__name"))
    return [HandOverRow(row, people.get(row.actor_member, "")) for row in hand_overs]
