"""A change of an order begins, and where it comes to nothing the order stays as it was."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from placet.budgets.actions import expire_reservations, recount_purchase, release_reservations
from placet.core.actor import Actor
from placet.events.record import record
from placet.orders.content import read_content
from placet.orders.lifecycle import move_order
from placet.orders.models import Order
from placet.orders.queries import find_order_of
from placet.requisitions.changing import ordered_at, ordered_revision
from placet.requisitions.lifecycle import move_requisition
from placet.requisitions.marks import write_marks
from placet.requisitions.models import Requisition, Revision, Step, StepAssignment
from placet.requisitions.suggesting import void_suggestions

ENDED = {
    "reject": "order.change_rejected",
    "withdraw": "order.change_withdrawn",
    "expire": "order.change_expired",
    "cancel": "order.change_withdrawn",
}
"""What ended a change, and the fact that is recorded about its order."""


def begin_change(
    requisition: Requisition, revision: Revision, *, actor: Actor, now: datetime
) -> Order:
    """Keep back the order of a locked requisition, which has just got the revision of a change.

    Raises ``Conflict`` where the supplier has taken it over meanwhile.
    """
    order = find_order_of(requisition.pk)
    if order is None:
        raise RuntimeError(f"requisition {requisition.pk} was never ordered")
    move_order(order, verb="begin_change")
    facts = {"before": order.content_hash, "hash": revision.content_hash}
    _record("order.change_begun", order, actor=actor, now=now, **facts)
    return order


def keep_order(
    requisition: Requisition,
    order: Order,
    *,
    because: str,
    decision_id: str = "",
    actor: Actor,
    now: datetime,
) -> None:
    """Let a change come to nothing: what it held beyond the order is free, the order as it was.

    The locked requisition points to its ordered revision again. What was decided about the change
    stays written. ``because`` is what ended it: reject, withdraw, expire or cancel. One that was
    approved and could not be taken over says by what ``problem``.
    """
    stuck = requisition.problem if because == "expire" else ""
    revision = ordered_revision(order)
    content = read_content(revision.content)
    move_requisition(
        requisition,
        verb="keep",
        revision=revision,
        name=content.name,
        total_minor=content.net_minor,
        po_number=content.po_number,
        ended_at=ordered_at(order),
    )
    close_steps(requisition, now=now)
    write_marks(requisition, content, is_first=False)
    recount_purchase(requisition.pk, spend_minor=content.goods_minor)
    settle = expire_reservations if because == "expire" else release_reservations
    settle(requisition.pk, actor=actor, now=now)
    move_order(order, verb="keep")
    facts = {"decision": decision_id} if decision_id else {}
    if stuck:
        facts = {"kind": "stuck", "problem": stuck}
    _record(ENDED[because], order, actor=actor, now=now, **facts)


def close_steps(requisition: Requisition, *, now: datetime) -> None:
    """Nobody is asked any more about a requisition, and no suggestion waits for an answer."""
    undecided = (Step.Status.WAITING, Step.Status.PENDING)
    Step.objects.filter(requisition=requisition, status__in=undecided).update(
        status=Step.Status.VOID, ended_at=now
    )
    StepAssignment.objects.filter(requisition=requisition, is_open=True).update(is_open=False)
    void_suggestions(requisition, now=now)


def _record(event_type: str, order: Order, *, actor: Actor, now: datetime, **facts: Any) -> None:
    record(
        event_type,
        order.pk,
        actor=actor,
        now=now,
        company_id=order.company_id,
        order=order.pk,
        number=order.number,
        requisition=order.requisition_id,
        **facts,
    )
