"""A purchase goes back to its buyer: nobody is asked, the budget stays reserved, the count too."""

from __future__ import annotations

from datetime import datetime

from placet.core.actor import Actor
from placet.events.record import record
from placet.requisitions.lifecycle import move_requisition
from placet.requisitions.models import Requisition, Step, StepAssignment


def return_requisition(
    requisition: Requisition, decision_id: str, *, actor: Actor, now: datetime
) -> None:
    """Wait for the buyer's next revision, after this decision asked for changes.

    Approvals that were given before may carry over to it. What is reserved stays so.
    """
    move_requisition(requisition, verb="request_changes")
    undecided = (Step.Status.WAITING, Step.Status.PENDING)
    Step.objects.filter(requisition=requisition, status__in=undecided).update(
        status=Step.Status.VOID, ended_at=now
    )
    StepAssignment.objects.filter(requisition=requisition, is_open=True).update(is_open=False)
    record(
        "requisition.changes_requested",
        requisition.id,
        actor=actor,
        now=now,
        company_id=requisition.company_id,
        requisition=requisition.id,
        number=requisition.number,
        decision=decision_id,
    )
