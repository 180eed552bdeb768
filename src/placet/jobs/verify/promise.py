"""The promise itself: order ⇒ approved revision ⇒ the same hash in every counted decision."""

from __future__ import annotations

from collections.abc import Iterator

from placet.events.canonical import sha256
from placet.jobs.verify.changes import stands_behind
from placet.jobs.verify.finding import Finding
from placet.jobs.verify.payments import check_paid
from placet.orders.content import adds_up, read_content
from placet.orders.models import Order
from placet.requisitions.models import (
    CarryOver,
    Decision,
    DecisionOutcome,
    Requisition,
    Revision,
    Step,
)
from placet.requisitions.permissions import UNDECIDED

CHUNK = 500


def check_promise() -> Iterator[Finding]:
    """Every order, and everything that was decided about what it came from."""
    alive = (*UNDECIDED, Requisition.Status.ORDERED)
    requisitions = {row.id: row for row in Requisition.objects.filter(status__in=alive)}
    ordered: set[str] = set()
    for order in Order.objects.order_by("id").iterator(chunk_size=CHUNK):
        ordered.add(order.requisition_id)
        requisition = requisitions.get(order.requisition_id)
        if not stands_behind(order, requisition):
            yield Finding(
                "order_without_approval", order.id, "No ordered requisition stands behind."
            )
            continue
        yield from check_order(order)
    for missing, requisition in requisitions.items():
        if missing in ordered or requisition.status != Requisition.Status.ORDERED:
            continue
        yield Finding("order_missing", missing, "It says ordered, and there is no order.")
    yield from _check_revisions()
    yield from _check_decisions()


def check_order(order: Order) -> Iterator[Finding]:
    """An order holds the bytes of its revision, and each step of that has its quorum."""
    revision = Revision.objects.get(pk=order.revision_id)
    content = bytes(order.content)
    if content != bytes(revision.content) or order.content_hash != revision.content_hash:
        yield Finding("order_differs", order.id, "What left is not what was approved.")
    read = read_content(content)
    sums = (order.goods_minor, order.shipping_minor, order.tax_minor, order.total_minor)
    if sums != (read.goods_minor, read.shipping_minor, read.tax_minor, read.total_minor):
        yield Finding("order_sums_differ", order.id, "Its sums are not those of its content.")
    if not adds_up(read):
        yield Finding("order_does_not_add_up", order.id, "Its parts are not its whole.")
    yield from check_paid(order, read)
    for step in revision.steps.prefetch_related("assignments__member"):
        yield from _check_step(step, revision)


def _check_step(step: Step, revision: Revision) -> Iterator[Finding]:
    if step.status != Step.Status.APPROVED:
        yield Finding("step_not_approved", step.id, "The order left before this step was approved.")
    asked = {assignment.member.user_id for assignment in step.assignments.all()}
    counted = counted_approvals(step, revision)
    votes = {decision.user_id for decision in (*counted, *carried_approvals(step))} & asked
    if len(votes) < step.quorum:
        yield Finding(
            "quorum_missed", step.id, f"{len(votes)} of {step.quorum} people approved it."
        )
    forbidden = set(revision.authors) | {revision.requisition.requester.user_id}
    if votes & forbidden:
        yield Finding("approved_by_author", step.id, "Somebody approved what they shaped.")


def counted_approvals(step: Step, revision: Revision) -> list[Decision]:
    """Approvals of exactly this content that took effect, given here or at another of its steps."""
    rows = Decision.objects.filter(
        revision=revision,
        kind=Decision.Kind.APPROVE,
        content_hash=revision.content_hash,
        outcome__kind=DecisionOutcome.Kind.APPLIED,
    )
    return list(rows.filter(step=step) if step.is_distinct else rows)


def carried_approvals(step: Step) -> list[Decision]:
    """Approvals of an earlier revision that count here; ``check_carry_overs`` confirms each."""
    rows = CarryOver.objects.filter(step=step).select_related("decision")
    return [row.decision for row in rows]


def _check_revisions() -> Iterator[Finding]:
    for revision in Revision.objects.order_by("id").iterator(chunk_size=CHUNK):
        if sha256(bytes(revision.content)) != revision.content_hash:
            yield Finding("revision_changed", revision.id, "Its bytes do not match their hash.")


def _check_decisions() -> Iterator[Finding]:
    """A decision waits, or something became of it: never both, never neither."""
    both = Decision.objects.exclude(pending=None).exclude(outcome=None)
    neither = Decision.objects.filter(pending=None, outcome=None)
    for decision in both:
        yield Finding("decision_twice", decision.id, "It waits and has an outcome.")
    for decision in neither:
        yield Finding("decision_lost", decision.id, "It neither waits nor has an outcome.")
