"""What became of the try before: its approvers see the rejection and its reason."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from placet.requisitions.models import Decision, DecisionOutcome, Requisition


class EarlierRejection(NamedTuple):
    """The requisition that this one was rebuilt from, and who rejected it, when and why."""

    requisition: Requisition
    decision: Decision
    person: str
    reason: str
    at: datetime


def earlier_rejection(requisition: Requisition) -> EarlierRejection | None:
    """The rejection of the try before this one; nothing where it was not rejected."""
    if not requisition.rebuilt_from_id:
        return None
    decision = (
        Decision.objects.filter(
            step__requisition_id=requisition.rebuilt_from_id,
            kind=Decision.Kind.REJECT,
            outcome__kind=DecisionOutcome.Kind.APPLIED,
        )
        .select_related("member__user", "step__requisition", "outcome")
        .order_by("-outcome__created_at", "-id")
        .first()
    )
    if decision is None:
        return None
    return EarlierRejection(
        requisition=decision.step.requisition,
        decision=decision,
        person=decision.member.user.name,
        reason=decision.reason,
        at=decision.outcome.created_at,
    )
