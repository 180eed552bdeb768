"""Writing a revision with its lines, steps and inbox rows: all of it set-based."""

from __future__ import annotations

from datetime import datetime

from placet.core.actor import Actor
from placet.events.canonical import canonical_bytes
from placet.orders.content import Content
from placet.plans.history_rows import past_purchase_of, write_past_purchase
from placet.plans.hits import write_hits
from placet.plans.planner import CartPlan
from placet.policy.codec import to_json
from placet.policy.plan import PlanStep
from placet.requisitions.due_times import first_expiry
from placet.requisitions.models import (
    Requisition,
    Revision,
    RevisionLine,
    Step,
    StepAssignment,
)
from placet.requisitions.seats import asked_pairs


def write_revision(
    requisition: Requisition,
    *,
    revision_id: str,
    written: bytes,
    content_hash: str,
    content: Content,
    planned: CartPlan,
    actor: Actor,
    now: datetime,
) -> Revision:
    """The next revision of a requisition: its exact bytes, its plan, and who has to decide."""
    revision = Revision.objects.create(
        id=revision_id,
        created_at=now,
        requisition=requisition,
        number=requisition.revisions.count() + 1,
        content=written,
        content_hash=content_hash,
        plan=canonical_bytes(to_json(planned.plan)).decode(),
        plan_hash=planned.plan.hash,
        rulebook_versions=[list(reference) for reference in planned.plan.rulebooks],
        authors=sorted(planned.authors),
        submitted_by_id=actor.member_id,
        goods_minor=content.goods_minor,
        shipping_minor=content.shipping_minor,
        tax_minor=content.tax_minor,
        total_minor=content.total_minor,
    )
    expires_at = first_expiry(requisition.company, now)
    Requisition.objects.filter(pk=requisition.pk).update(revision=revision, expires_at=expires_at)
    requisition.revision, requisition.expires_at = revision, expires_at
    _write_lines(revision, content, planned)
    _write_steps(requisition, revision, planned.plan.steps, now)
    write_hits(planned.rulebooks, planned.facts, requisition_id=requisition.id, now=now)
    write_past_purchase(
        past_purchase_of(
            planned.facts,
            planned.plan,
            requisition_id=requisition.id,
            number=requisition.number,
            company_id=requisition.company_id,
            unit_id=requisition.unit_id,
            requester_id=requisition.requester_id,
            now=now,
        )
    )
    return revision


def _write_lines(revision: Revision, content: Content, planned: CartPlan) -> None:
    threads = {line.number: line.thread_id for line in planned.priced.lines}
    RevisionLine.objects.bulk_create(
        RevisionLine(
            revision=revision,
            number=line.number,
            product_id=line.product,
            sku=line.sku,
            name=line.name,
            pack=line.pack,
            category_path=line.category,
            quantity=line.quantity,
            unit_price_minor=line.unit_price_minor,
            price_quantity=line.price_quantity,
            last_paid_minor=line.last_paid_minor,
            total_minor=line.total_minor,
            thread_id=threads.get(line.number) or None,
        )
        for line in content.lines
    )


def _write_steps(
    requisition: Requisition, revision: Revision, planned: tuple[PlanStep, ...], now: datetime
) -> None:
    steps = [
        Step(
            created_at=now,
            requisition=requisition,
            revision=revision,
            key=step.key,
            position=position,
            side=step.side,
            rank=step.rank,
            label=to_json(step.label),
            quorum=step.quorum.needed,
            is_distinct=step.distinct,
            reasons=to_json(step.reasons),
        )
        for position, step in enumerate(planned, start=1)
    ]
    Step.objects.bulk_create(steps)
    StepAssignment.objects.bulk_create(
        StepAssignment(
            step=row,
            requisition=requisition,
            member_id=member_id,
            principal_id=principal_id,
        )
        for row, step in zip(steps, planned, strict=True)
        for member_id, principal_id in asked_pairs(step)
    )
