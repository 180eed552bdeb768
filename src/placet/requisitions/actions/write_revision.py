"""Writing a revision with its lines, steps and inbox rows: all of it set-based."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from placet.core.actor import Actor
from placet.events.canonical import canonical_bytes
from placet.orders.content import Content
from placet.plans.history_rows import past_purchase_of, write_past_purchase
from placet.plans.hits import write_hits
from placet.plans.planner import CartPlan
from placet.policy.codec import to_json
from placet.requisitions.due_times import first_expiry
from placet.requisitions.marks import write_marks
from placet.requisitions.models import (
    Requisition,
    Revision,
    RevisionLine,
    Step,
    StepAssignment,
)
from placet.requisitions.seats import StepToWrite, asked_pairs


def write_revision(
    requisition: Requisition,
    *,
    revision_id: str,
    written: bytes,
    content_hash: str,
    content: Content,
    planned: CartPlan,
    steps: Sequence[StepToWrite] | None = None,
    submitted_by_id: str = "",
    actor: Actor,
    now: datetime,
) -> Revision:
    """The next revision of a requisition: its exact bytes, its plan, and who has to decide.

    ``steps`` are those of its plan unless a later revision says more about them;
    ``submitted_by_id`` is the actor unless the revision was made for somebody else.
    """
    if steps is None:
        steps = [StepToWrite(step) for step in planned.plan.steps]
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
        submitted_by_id=submitted_by_id or actor.member_id,
        goods_minor=content.goods_minor,
        shipping_minor=content.shipping_minor,
        tax_minor=content.tax_minor,
        total_minor=content.total_minor,
    )
    expires_at = first_expiry(requisition.company, now)
    Requisition.objects.filter(pk=requisition.pk).update(revision=revision, expires_at=expires_at)
    requisition.revision, requisition.expires_at = revision, expires_at
    _write_lines(revision, content, planned)
    write_marks(requisition, content, is_first=revision.number == 1)
    _write_steps(requisition, revision, steps, now)
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
    requisition: Requisition, revision: Revision, wanted: Sequence[StepToWrite], now: datetime
) -> None:
    rows = [
        Step(
            created_at=now,
            requisition=requisition,
            revision=revision,
            key=one.step.key,
            position=position,
            side=one.step.side,
            rank=one.step.rank,
            label=to_json(one.step.label),
            quorum=one.step.quorum.needed,
            is_distinct=one.step.distinct,
            reasons=to_json(one.step.reasons),
            restaffed=to_json(one.step) if one.is_restaffed else None,
            added_by_id=one.added_by_id or None,
        )
        for position, one in enumerate(wanted, start=1)
    ]
    Step.objects.bulk_create(rows)
    StepAssignment.objects.bulk_create(
        StepAssignment(
            step=row,
            requisition=requisition,
            member_id=member_id,
            principal_id=principal_id,
            is_given=principal_id is None and member_id in one.given,
            # Not "listed_total": the requisition takes over the total of its revision later.
            currency=requisition.currency,
            total_minor=revision.goods_minor + revision.shipping_minor,
        )
        for row, one in zip(rows, wanted, strict=True)
        for member_id, principal_id in asked_pairs(one.step)
    )
