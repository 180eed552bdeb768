"""An order as its page tells it, to the buyer's people and to the supplier's."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db.models import Q

from placet.companies.models import Member
from placet.companies.queries import get_merchant
from placet.core.actor import Actor
from placet.documents.formats import ORDER, Format, list_formats
from placet.orders.content import Content, read_content
from placet.orders.models import HandOver, Order
from placet.orders.payments import Paid, read_paid
from placet.orders.permissions import PROCESS
from placet.orders.queries import list_hand_overs
from placet.policy.terms import PREPAYMENT
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
    formats: list[Format]

    @property
    def last(self) -> HandOverRow | None:
        """The latest word of the supplier's system."""
        return self.hand_overs[-1] if self.hand_overs else None


def read_order(actor: Actor, order: Order) -> OrderPage:
    """The order with its hand-overs and the approvals that released it, in a few queries."""
    requisition = Requisition.objects.filter(pk=order.requisition_id).first()
    paid = read_paid(order) if order.terms == PREPAYMENT else None
    return OrderPage(
        order=order,
        content=read_content(order.content),
        hand_overs=_rows(list(list_hand_overs(order))),
        approvals=_approvals(requisition, order.revision_id, actor),
        requisition=requisition,
        may_process=actor.is_merchant and actor.holds(PROCESS),
        talk=read_order_talk(actor, order),
        paid=paid,
        formats=list_formats(ORDER),
    )


def _approvals(requisition: Requisition | None, revision: str, reader: Actor) -> list[Approval]:
    """What counted for the content that was ordered, approvals carried over to it too."""
    if requisition is None:
        return []
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
