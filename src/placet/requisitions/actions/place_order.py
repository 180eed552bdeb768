"""The moment after the last approval: the order is made from the stored revision, exactly once.

A problem with placing is a returned value and a named state with an owner, never an exception that
would roll the decision back.
"""

from __future__ import annotations

from datetime import datetime

from placet.budgets.actions import commit_reservations
from placet.companies.models import Company
from placet.core.actor import Actor
from placet.core.transaction import transaction
from placet.events.canonical import sha256
from placet.events.record import record
from placet.orders.actions import create_order
from placet.orders.content import Content, read_content
from placet.plans.history import write_history
from placet.requisitions.lifecycle import move_requisition
from placet.requisitions.models import Requisition, Revision


@transaction
def place_order(requisition: Requisition, *, actor: Actor, now: datetime) -> str:
    """Order an approved requisition; returns the code of a problem, or nothing.

    Codes: ``company_suspended``, ``content_differs``. The budget stays reserved while a problem is
    open: ``placement_failed`` waits for the requester.
    """
    revision = requisition.revision
    if revision is None:
        raise RuntimeError(f"requisition {requisition.pk} has no revision")
    problem = _problem(requisition, revision)
    if problem:
        _fail(requisition, problem, actor=actor, now=now)
        return problem
    content = bytes(revision.content)
    commit_reservations(requisition.pk, actor=actor, now=now)
    order = create_order(
        revision_id=revision.pk,
        content=content,
        content_hash=revision.content_hash,
        actor=actor,
        now=now,
    )
    read = read_content(content)
    write_history(read, order_id=order.pk, unit_path=requisition.unit.path, now=now)
    _mark_ordered(requisition, order.pk, read, actor=actor, now=now)
    return ""


def _problem(requisition: Requisition, revision: Revision) -> str:
    if requisition.company.status != Company.Status.ACTIVE:
        return "company_suspended"
    if sha256(bytes(revision.content)) != revision.content_hash:
        return "content_differs"
    return ""


def _fail(requisition: Requisition, problem: str, *, actor: Actor, now: datetime) -> None:
    if requisition.status != Requisition.Status.PLACEMENT_FAILED:
        move_requisition(requisition, verb="fail_placement")
    record(
        "requisition.placement_failed",
        requisition.id,
        actor=actor,
        now=now,
        company_id=requisition.company_id,
        requisition=requisition.id,
        problem=problem,
    )


def _mark_ordered(
    requisition: Requisition, order_id: str, read: Content, *, actor: Actor, now: datetime
) -> None:
    move_requisition(requisition, verb="place", ended_at=now)
    record(
        "requisition.ordered",
        requisition.id,
        actor=actor,
        now=now,
        company_id=requisition.company_id,
        requisition=requisition.id,
        number=read.number,
        order=order_id,
    )
