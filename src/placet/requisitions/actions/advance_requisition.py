"""Bringing a requisition to where its decisions lead: the next step, its end, the order."""

from __future__ import annotations

from datetime import datetime

from placet.core.actor import Actor
from placet.events.record import record
from placet.requisitions.actions.end_requisition import end_requisition
from placet.requisitions.actions.place_order import place_order
from placet.requisitions.due_times import expire_no_earlier, read_answer_time
from placet.requisitions.lifecycle import move_requisition
from placet.requisitions.models import Requisition, Step, StepAssignment
from placet.requisitions.progress import Progress, read_progress
from placet.requisitions.returning import return_requisition
from placet.requisitions.suggesting import void_suggestions


def advance_requisition(requisition: Requisition, *, actor: Actor, now: datetime) -> None:
    """Bring a locked requisition to where its decisions lead: asked, rejected, or ordered."""
    progress = read_progress(requisition)
    for step, status in progress.changed:
        if status == Step.Status.PENDING:
            _open_step(requisition, step, progress, actor=actor, now=now)
        elif status != Step.Status.WAITING:
            _end_step(requisition, step, status, actor=actor, now=now)
    _narrow_inboxes(progress)
    if progress.outcome == "rejected":
        _reject(requisition, progress.rejected_by, actor=actor, now=now)
    elif progress.outcome == "changes_requested":
        return_requisition(requisition, progress.returned_by, actor=actor, now=now)
    elif progress.outcome == "approved":
        void_suggestions(requisition, now=now)
        move_requisition(requisition, verb="approve")
        if progress.steps:
            _tell_approved(requisition, actor=actor, now=now)
        place_order(requisition, actor=actor, now=now)


def _tell_approved(requisition: Requisition, *, actor: Actor, now: datetime) -> None:
    """Every step that was asked has approved this revision; whether it is ordered follows."""
    revision = requisition.revision
    if revision is None:
        raise RuntimeError(f"requisition {requisition.pk} has no revision")
    record(
        "requisition.approved",
        requisition.id,
        actor=actor,
        now=now,
        company_id=requisition.company_id,
        requisition=requisition.id,
        number=requisition.number,
        revision=revision.pk,
        hash=revision.content_hash,
        total_minor=requisition.total_minor,
        currency=requisition.currency,
    )


def _reject(requisition: Requisition, decision_id: str, *, actor: Actor, now: datetime) -> None:
    ends = end_requisition(
        requisition, verb="reject", decision_id=decision_id, actor=actor, now=now
    )
    if not ends:
        return
    record(
        "requisition.rejected",
        requisition.id,
        actor=actor,
        now=now,
        company_id=requisition.company_id,
        requisition=requisition.id,
        number=requisition.number,
        decision=decision_id,
    )


def _end_step(
    requisition: Requisition, step: Step, status: str, *, actor: Actor, now: datetime
) -> None:
    Step.objects.filter(pk=step.pk).update(status=status, ended_at=now)
    StepAssignment.objects.filter(step=step, is_open=True).update(is_open=False)
    record(
        f"step.{status}",
        step.requisition_id,
        actor=actor,
        now=now,
        company_id=requisition.company_id,
        requisition=step.requisition_id,
        step=step.id,
        revision=step.revision_id,
    )


def _open_step(
    requisition: Requisition, step: Step, progress: Progress, *, actor: Actor, now: datetime
) -> None:
    answering = read_answer_time(step, requisition.company, progress.due_hours.get(step.key))
    due_at = answering.due_at(now)
    Step.objects.filter(pk=step.pk).update(
        status=Step.Status.PENDING,
        opened_at=now,
        due_at=due_at,
        remind_at=answering.half_at(now),
        reminders=0,
    )
    expire_no_earlier(requisition, answering.fair_until(due_at))
    StepAssignment.objects.filter(
        step=step, member__user_id__in=progress.asked.get(step.key, ())
    ).update(is_open=True, due_at=due_at)
    record(
        "step.opened",
        requisition.id,
        actor=actor,
        now=now,
        company_id=requisition.company_id,
        requisition=requisition.id,
        step=step.id,
        revision=step.revision_id,
    )


def _narrow_inboxes(progress: Progress) -> None:
    """Whoever has no vote left at a pending step is not asked any more."""
    for step in progress.steps:
        asked = progress.asked.get(step.key)
        if asked is not None:
            StepAssignment.objects.filter(step=step, is_open=True).exclude(
                member__user_id__in=asked
            ).update(is_open=False)
