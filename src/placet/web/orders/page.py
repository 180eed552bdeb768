"""An order as its page tells it, to the buyer's people and to the supplier's."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet

from placet.companies.models import Member
from placet.companies.queries import get_merchant
from placet.core.actor import Actor
from placet.orders.content import Content, read_content
from placet.orders.models import HandOver, Order, OrderLine
from placet.orders.payments import Paid, read_paid
from placet.orders.permissions import PROCESS, can_cancel_order
from placet.orders.queries import list_hand_overs
from placet.policy.terms import PREPAYMENT
from placet.requisitions.marks import marked_with, spellings_of
from placet.requisitions.models import Decision, DecisionOutcome, Requisition
from placet.requisitions.queries import list_decisions
from placet.web.orders.talk import OrderTalk, read_order_talk


class HandOverRow(NamedTuple):
    """What was said about an order, and by whom; a key has no name."""

    hand_over: HandOver
    person: str


class Approval(NamedTuple):
    """Who said yes, for whom, and when; to the buyer's people the supplier is one."""

    who: str
    principal: str
    at: datetime


class OrderPage(NamedTuple):
    """Everything that the page of an order shows."""

    order: Order
    content: Content
    hand_overs: list[HandOverRow]
    approvals: list[Approval]
    requisition: Requisition | None
    may_process: bool
    talk: OrderTalk
    paid: Paid | None
    may_cancel: bool

    @property
    def last(self) -> HandOverRow | None:
        """The latest word of the supplier's system."""
        return self.hand_overs[-1] if self.hand_overs else None


def read_order(actor: Actor, order: Order) -> OrderPage:
    """The order with its hand-overs and the approvals that released it, in a few queries."""
    requisition = Requisition.objects.filter(pk=order.requisition_id).first()
    paid = read_paid(order) if order.terms == PREPAYMENT else None
    is_begun = bool(paid and paid.payments)
    return OrderPage(
        order=order,
        content=read_content(order.content),
        hand_overs=_rows(list(list_hand_overs(order))),
        approvals=_approvals(requisition, actor),
        requisition=requisition,
        may_process=actor.is_merchant and actor.holds(PROCESS),
        talk=read_order_talk(actor, order),
        paid=paid,
        may_cancel=can_cancel_order(actor, order, is_begun=is_begun) is None,
    )


def filtered_orders(
    actor: Actor, orders: QuerySet[Order], status: str, text: str
) -> QuerySet[Order]:
    """The orders in this state whose number, name, reference, SKU or company has the text."""
    if status:
        orders = orders.filter(status=status)
    if text:
        found = Q()
        for column in ("number", "requisition_number", "po_number", "erp_number", "name"):
            found |= Q((f"{column}__icontains", text))
        found |= Q(company__name__icontains=text) | Q(buyer__user__name__icontains=text)
        found |= Q(pk__in=OrderLine.objects.filter(sku__in=spellings_of(text)).values("order"))
        marked = Requisition.objects.filter(marked_with(actor, text))
        found |= Q(requisition_id__in=marked.values("pk"))
        orders = orders.filter(found)
    return orders


def count_by_state(orders: QuerySet[Order], states: Iterable[str]) -> dict[str, int]:
    """How many there are in each of these states, counted no further than a thousand."""
    return {state: orders.filter(status=state).order_by()[:1000].count() for state in states}


def _approvals(requisition: Requisition | None, reader: Actor) -> list[Approval]:
    """What counted for the content that was ordered, approvals carried over to it too."""
    if requisition is None:
        return []
    revision = requisition.revision_id
    counted = Q(kind=Decision.Kind.APPROVE, outcome__kind=DecisionOutcome.Kind.APPLIED)
    found = list_decisions(requisition).filter(
        counted & Q(revision_id=revision) | Q(carry_overs__step__revision_id=revision)
    )
    return [_approval(decision, reader) for decision in found.distinct()]


def _approval(decision: Decision, reader: Actor) -> Approval:
    if decision.step.side == "merchant" and not reader.is_merchant:
        return Approval(get_merchant().name, "", decision.created_at)
    principal = decision.principal.user.name if decision.principal else ""
    return Approval(decision.member.user.name, principal, decision.created_at)


def _rows(hand_overs: list[HandOver]) -> list[HandOverRow]:
    members = {hand_over.actor_member for hand_over in hand_overs if hand_over.actor_member}
    people = dict(Member.objects.filter(pk__in=members).values_list("pk", "user__name"))
    return [HandOverRow(row, people.get(row.actor_member, "")) for row in hand_overs]
