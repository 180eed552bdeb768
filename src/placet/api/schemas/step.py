"""Rows of the inbox as documents: why me, how much, until when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from placet.api.schemas.base import Answer, Money, Named, Person, money, person, side_of
from placet.api.schemas.plan import ReasonShown, show_reasons
from placet.core.actor import Actor
from placet.plans.describe import describe_reasons
from placet.policy.codec import from_json
from placet.policy.plan import Reason
from placet.requisitions import models


class Assignment(Answer):
    """A step that the member is asked to decide, or has decided.

    ``revision_hash`` is what a decision names; ``decides_for`` is set where it is for another.
    """

    object: Literal["step"] = "step"
    id: str
    requisition: str
    requisition_number: str
    requisition_name: str
    company: Named
    requester: Person
    total: Money
    revision: str
    revision_hash: str
    side: str
    rank: int
    status: str
    is_open: bool
    decides_for: Person | None
    opened_at: datetime | None
    due_at: datetime | None
    decided_at: datetime | None
    reasons: list[ReasonShown]


def show_assignments(rows: Sequence[models.StepAssignment], actor: Actor) -> list[Assignment]:
    """Rows of one member's inbox; all sentences are made with one set of names."""
    reasons = [_reasons(row) for row in rows]
    flat = [reason for found in reasons for reason in found]
    sentences = iter(describe_reasons(flat, company_id=actor.company_id, language=actor.language))
    return [
        _assignment(row, show_reasons(found, [next(sentences) for _ in found], side=side_of(actor)))
        for row, found in zip(rows, reasons, strict=True)
    ]


def _reasons(row: models.StepAssignment) -> list[Reason]:
    return [from_json(Reason, stored) for stored in row.step.reasons]


def _assignment(row: models.StepAssignment, reasons: list[ReasonShown]) -> Assignment:
    step, requisition = row.step, row.requisition
    return Assignment(
        id=step.id,
        requisition=requisition.id,
        requisition_number=requisition.number,
        requisition_name=requisition.name,
        company=Named(id=requisition.company_id, name=requisition.company.name),
        requester=person(requisition.requester),
        total=money(requisition.total_minor, requisition.currency),
        revision=step.revision_id,
        revision_hash=step.revision.content_hash,
        side=step.side,
        rank=step.rank,
        status=step.status,
        is_open=row.is_open,
        decides_for=person(row.principal) if row.principal else None,
        opened_at=step.opened_at,
        due_at=row.due_at,
        decided_at=row.decided_at,
        reasons=reasons,
    )
