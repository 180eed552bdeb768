"""The moment after the last approval: the order is made from the stored revision, exactly once.

A problem with placing is a returned value and a named state with an owner, never an exception that
would roll the decision back.
"""

from __future__ import annotations

from datetime import datetime

from placet.budgets.actions import commit_reservations
from placet.catalog.actions import OutOfStock, take_stock
from placet.core.actor import Actor
from placet.core.transaction import transaction, undoable
from placet.events.record import record
from placet.orders.actions import create_order
from placet.orders.content import Content, read_content
from placet.plans.history import write_history
from placet.requisitions.carrying_out import carry_out_change
from placet.requisitions.changing import find_changed, quantities_of
from placet.requisitions.due_times import expire_no_earlier, first_expiry
from placet.requisitions.lifecycle import move_requisition
from placet.requisitions.models import Requisition, Revision
from placet.requisitions.moved_prices import write_moved_prices
from placet.requisitions.placement import SHORT, Problem, check_placement


@transaction
def place_order(requisition: Requisition, *, actor: Actor, now: datetime) -> str:
    """Order an approved requisition; returns the code of a problem, or nothing.

    Codes are those of ``placement.CODES``. The budget stays reserved while a problem is open:
    ``placement_failed`` waits for the requester, a change of an order until it expires. A total
    that moved after its hold makes the next revision, which is ordered at once where the approvals
    carry over to it.
    """
    revision = requisition.revision
    if revision is None:
        raise RuntimeError(f"requisition {requisition.pk} has no revision")
    problem, moved, anew = check_placement(requisition, revision, now=now)
    if problem is None and anew:
        problem = write_moved_prices(requisition, revision, anew, moved, now=now)
        if problem is None:
            return ""
    if problem is None:
        problem = _order(requisition, revision, actor=actor, now=now)
    if problem is None:
        return ""
    _fail(requisition, problem, actor=actor, now=now)
    return problem.code


def _order(
    requisition: Requisition, revision: Revision, *, actor: Actor, now: datetime
) -> Problem | None:
    """Everything that an order is, or nothing: another order may have had the last piece.

    Where there is an order already, this is its change.
    """
    content = bytes(revision.content)
    read = read_content(content)
    changed = find_changed(requisition)
    try:
        with undoable():
            if changed is not None:
                carry_out_change(requisition, revision, changed, actor=actor, now=now)
                return None
            commit_reservations(requisition.pk, actor=actor, now=now)
            take_stock(quantities_of(read), actor=actor, now=now)
            order = create_order(
                revision_id=revision.pk,
                content=content,
                content_hash=revision.content_hash,
                actor=actor,
                now=now,
            )
            write_history(read, order_id=order.pk, unit_path=requisition.unit.path, now=now)
            _mark_ordered(requisition, order.pk, read, actor=actor, now=now)
    except OutOfStock as error:
        short = error.facts["products"]
        return Problem(SHORT, tuple(line.number for line in read.lines if line.product in short))
    return None


def _fail(requisition: Requisition, problem: Problem, *, actor: Actor, now: datetime) -> None:
    if requisition.status != Requisition.Status.PLACEMENT_FAILED:
        move_requisition(requisition, verb="fail_placement", problem=problem.code)
        if find_changed(requisition) is not None:
            # The supplier waits for it: as long as for an answer, and not for ever.
            expire_no_earlier(requisition, first_expiry(requisition.company, now))
    else:
        Requisition.objects.filter(
            pk=requisition.pk, status=Requisition.Status.PLACEMENT_FAILED
        ).update(problem=problem.code)
    record(
        "requisition.placement_failed",
        requisition.id,
        actor=actor,
        now=now,
        company_id=requisition.company_id,
        requisition=requisition.id,
        problem=problem.code,
        lines=list(problem.lines),
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
