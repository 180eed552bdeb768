"""What is said about an order: among the buyer's people, and between them and the supplier."""

from __future__ import annotations

from typing import NamedTuple

from placet.companies.queries import get_merchant
from placet.core.actor import Actor
from placet.orders.models import Order
from placet.orders.talking import can_write_about_order
from placet.requisitions.models import Requisition
from placet.requisitions.queries import list_requisitions
from placet.threads.models import Comment, Thread
from placet.threads.queries import get_thread, list_comments
from placet.web.requisitions.page import Conversation, list_conversations


class OrderTalk(NamedTuple):
    """Two conversations that never mix.

    ``inside`` are those of the requisition: for the supplier's people there are none. ``between``
    is what both sides read, and ``other`` is whoever reads it there beside the reader's own side.
    """

    requisition: Requisition | None
    inside: list[Conversation]
    thread: Thread | None
    between: list[Comment]
    other: str
    may_write: bool

    @property
    def inside_count(self) -> int:
        """How much was said among the buyer's people."""
        return sum(len(conversation.comments) for conversation in self.inside)


def read_order_talk(actor: Actor, order: Order) -> OrderTalk:
    """Both conversations as this reader may see them, in a number of queries that is constant."""
    requisition = None
    if not actor.is_merchant:
        requisition = list_requisitions(actor).filter(pk=order.requisition_id).first()
    revision = requisition.revision if requisition else None
    thread_id = order.supplier_thread_id
    return OrderTalk(
        requisition=requisition,
        inside=list_conversations(actor, requisition, revision) if requisition and revision else [],
        thread=get_thread(actor, thread_id) if thread_id else None,
        between=list_comments(actor, [thread_id])[thread_id] if thread_id else [],
        other=order.company.name if actor.is_merchant else get_merchant().name,
        may_write=can_write_about_order(actor, order) is None,
    )
