"""Nothing is ever open with nobody."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q

from placet.companies.models import Member
from placet.jobs.verify.finding import Finding
from placet.requisitions.models import DecisionPending, Requisition, Step, StepAssignment
from placet.requisitions.timers import ALL_TOLD


def check_open_steps() -> Iterator[Finding]:
    """Every pending requisition has a pending step, and every pending step somebody who can act.

    Each of these steps has a timer, or everybody was told, so nothing waits unnoticed.
    """
    for requisition in Requisition.objects.filter(status=Requisition.Status.PENDING):
        steps = Step.objects.filter(revision_id=requisition.revision_id, status=Step.Status.PENDING)
        if not steps.exists():
            yield Finding("nothing_asked", requisition.id, "It is pending, and nobody is asked.")
        for step in steps:
            yield from check_open_step(step)


def check_open_step(step: Step) -> Iterator[Finding]:
    """Somebody who can act is asked at an open step, and would be reminded."""
    if step.remind_at is None and step.reminders < ALL_TOLD:
        yield Finding("timer_missing", step.id, "It is open, and nobody would ever be reminded.")
    able = StepAssignment.objects.filter(
        Q(is_open=True),
        step=step,
        member__status=Member.Status.ACTIVE,
        member__user__is_active=True,
    )
    if not able.exists() and not DecisionPending.objects.filter(step=step).exists():
        yield Finding("step_stuck", step.id, "It is open, and nobody can decide it.")
