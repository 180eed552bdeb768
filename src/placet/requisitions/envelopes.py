"""The envelope of an occurrence: stated in its content, and counted when it is submitted."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from placet.carts.models import Schedule
from placet.carts.schedules.moments import company_day, count_later
from placet.orders.content import Content, ContentEnvelope, read_content
from placet.requisitions.carrying import carry_over
from placet.requisitions.models import CarryOver, Requisition
from placet.requisitions.progress import plan_of

WITHIN_ENVELOPE: Final = "within_envelope"
NOTHING_WORSE: Final = "nothing_worse"


def envelope_of(schedule: Schedule, *, now: datetime) -> ContentEnvelope | None:
    """What the schedule asks its approvers to approve for later; none once its last day passed."""
    total, until = schedule.envelope_total_minor, schedule.envelope_until_on
    today = company_day(schedule.company, now)
    if total is None or until is None or until < today:
        return None
    return ContentEnvelope(
        schedule=schedule.pk,
        total_minor=total,
        price_basis_points=schedule.envelope_price_basis_points,
        until_on=until.isoformat(),
        occurrences=count_later(schedule, max(today, schedule.next_on), until),
    )


def with_envelope(content: Content, envelope: ContentEnvelope | None) -> Content:
    """The content with its envelope; one that it does not even fit itself states nothing."""
    fits = envelope is not None and content.total_minor <= envelope.total_minor
    return content._replace(envelope=envelope if fits else None)


def cover_steps(requisition: Requisition, *, now: datetime) -> list[str]:
    """Count approvals of earlier occurrences at the steps of a new one; returns their decisions.

    Part of its submission. Nothing is counted where it states no envelope.
    """
    revision = requisition.revision
    assert revision is not None
    carried = carry_over(
        requisition,
        plan_of(revision),
        read_content(revision.content),
        authors=revision.authors,
    )
    steps = dict(revision.steps.values_list("key", "id"))
    CarryOver.objects.bulk_create(
        CarryOver(
            created_at=now, decision=one.decision, step_id=steps[one.step], reason=WITHIN_ENVELOPE
        )
        for one in carried.kept
    )
    return [one.decision.pk for one in carried.kept]


def reason_to_carry(row_requisition_id: str, requisition_id: str) -> str:
    """Why an approval is carried into a revision of a requisition."""
    return NOTHING_WORSE if row_requisition_id == requisition_id else WITHIN_ENVELOPE
