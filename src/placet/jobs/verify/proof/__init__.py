"""``placet verify REQ-2046``: one purchase, proved from its rows, in sentences that can be checked.

Everything is computed again: bytes, plans, rules, votes, carry-overs, budget, events. A sentence
that does not hold says what is wrong instead.
"""

from __future__ import annotations

from collections.abc import Iterator

from placet.jobs.verify.proof.ending import say_budget, say_decisions, say_end, say_events
from placet.jobs.verify.proof.revisions import say_revision
from placet.jobs.verify.proof.said import Said, claim
from placet.jobs.verify.proof.steps import say_steps
from placet.orders.queries import find_order_of
from placet.requisitions.models import Requisition, Revision

__all__ = ["Said", "prove_requisition"]


def prove_requisition(requisition: Requisition) -> Iterator[Said]:
    """The proof of a purchase in whatever state it is; read-only."""
    requester = requisition.requester.user.name
    yield Said(
        f"{requisition.number} “{requisition.name}” of {requester}, {requisition.company.name}: "
        f"{requisition.get_status_display().lower()}."
    )
    revisions = list(requisition.revisions.select_related("origin").order_by("number"))
    current = requisition.revision
    yield claim(
        [one.number for one in revisions] == list(range(1, len(revisions) + 1))
        and current is not None
        and (current.pk == revisions[-1].pk or _is_kept(requisition, current)),
        _counted(len(revisions), current, revisions[-1]),
        "Its revisions have a gap, or the last one is not the current one.",
    )
    for revision in revisions:
        yield from say_revision(revision)
    if current is not None:
        yield from say_steps(current)
        yield from say_end(requisition, current)
    yield from say_decisions(requisition)
    yield from say_budget(requisition)
    yield from say_events(requisition)


def _is_kept(requisition: Requisition, current: Revision) -> bool:
    """Whether later revisions were changes of its order that came to nothing."""
    order = find_order_of(requisition.pk)
    return order is not None and order.revision_id == current.pk


def _counted(count: int, current: Revision | None, last: Revision) -> str:
    if current is None or current.pk == last.pk:
        return f"It has {count} revisions without a gap, and the last is the current one."
    return (
        f"It has {count} revisions without a gap; its order stands with revision {current.number}, "
        "and what was to change it came to nothing."
    )
