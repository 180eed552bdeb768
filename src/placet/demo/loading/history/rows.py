"""The rows of a past requisition, made in memory: revision, lines, steps and who was asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from placet.carts.models import Cart
from placet.demo.loading.history.planning import PastPlan
from placet.events.canonical import canonical_bytes
from placet.orders.content import Content
from placet.policy.codec import to_json
from placet.policy.plan import PlanStep
from placet.requisitions.models import (
    Requisition,
    Revision,
    RevisionLine,
    Step,
    StepAssignment,
)
from placet.requisitions.seats import listed_total


def requisition_of(cart: Cart, content: Content, now: datetime) -> Requisition:
    """The requisition that a past cart became."""
    return Requisition(
        id=content.requisition,
        created_at=now,
        company=cart.company,
        unit=cart.unit,
        number=content.number,
        requester=cart.owner,
        name=content.name,
        currency=content.currency,
        total_minor=content.net_minor,
        po_number=content.po_number,
        submitted_at=now,
    )


def revision_of(
    requisition: Requisition,
    revision_id: str,
    content: Content,
    written: bytes,
    content_hash: str,
    past: PastPlan,
) -> Revision:
    """Its only revision: the bytes, and the plan that was shown."""
    return Revision(
        id=revision_id,
        created_at=requisition.created_at,
        requisition=requisition,
        number=1,
        content=written,
        content_hash=content_hash,
        plan=canonical_bytes(to_json(past.plan)).decode(),
        plan_hash=past.plan.hash,
        rulebook_versions=[list(reference) for reference in past.plan.rulebooks],
        authors=[requisition.requester.user_id],
        submitted_by=requisition.requester,
        goods_minor=content.goods_minor,
        shipping_minor=content.shipping_minor,
        tax_minor=content.tax_minor,
        total_minor=content.total_minor,
    )


def lines_of(revision: Revision, content: Content) -> Iterator[RevisionLine]:
    """The lines of a content as lists read them."""
    for line in content.lines:
        yield RevisionLine(
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
        )


def steps_of(revision: Revision, past: PastPlan) -> tuple[list[Step], list[StepAssignment]]:
    """The steps of the plan, and who is asked at them."""
    steps: list[Step] = []
    assignments: list[StepAssignment] = []
    for position, planned in enumerate(past.plan.steps, 1):
        step = Step(
            created_at=revision.created_at,
            requisition=revision.requisition,
            revision=revision,
            key=planned.key,
            position=position,
            side=planned.side,
            rank=planned.rank,
            label=to_json(planned.label),
            quorum=planned.quorum.needed,
            is_distinct=planned.distinct,
            reasons=to_json(planned.reasons),
        )
        steps.append(step)
        assignments += _assignments(step, planned)
    return steps, assignments


def _assignments(step: Step, planned: PlanStep) -> Iterator[StepAssignment]:
    own = {approver.member for approver in planned.approvers}
    total = listed_total(step.requisition)
    for approver in planned.approvers:
        yield StepAssignment(
            step=step, requisition=step.requisition, member_id=approver.member, **total
        )
    for approver in planned.approvers:
        if approver.delegate and approver.delegate.member not in own:
            yield StepAssignment(
                step=step,
                requisition=step.requisition,
                member_id=approver.delegate.member,
                principal_id=approver.member,
                **total,
            )
