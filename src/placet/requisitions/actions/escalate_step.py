"""Nobody of a step answers: those above are asked beside them, and nobody is taken away."""

from __future__ import annotations

from datetime import datetime

from placet.companies.holding import read_held
from placet.companies.models import Company
from placet.companies.queries import get_merchant
from placet.core.transaction import transaction
from placet.events.record import record
from placet.orders.content import read_content
from placet.plans.restaffing import load_restaffing
from placet.policy.codec import to_json
from placet.policy.plan import PlanStep
from placet.policy.working_time import due_after
from placet.requisitions.due_times import expire_no_earlier
from placet.requisitions.lifecycle import lock_requisition
from placet.requisitions.models import Requisition, Step, StepAssignment
from placet.requisitions.progress import read_progress, staffed_plan
from placet.requisitions.seats import asked_pairs, listed_total
from placet.requisitions.timers import (
    ALL_TOLD,
    AT_THE_END,
    acting_alone,
    is_due,
    move_timer,
    record_reminder,
    time_to_answer,
)


@transaction
def escalate_step(step_id: str, *, now: datetime) -> bool:
    """Ask those above a step's people too, if it is time; returns whether the moment was used.

    They are the head of the nearest unit above, else the company's admins (for a step of the
    merchant its owners): whoever could answer, is no author and is not asked yet. They have as
    long as everybody. Where there is nobody, the same people are reminded once more.
    """
    step = Step.objects.select_related("requisition").get(pk=step_id)
    held = read_held(step.requisition.company_id, get_merchant().pk)
    requisition = lock_requisition(step.requisition_id)
    step.refresh_from_db()
    if any(status == Company.Status.SUSPENDED for status, _name in held):
        return False
    if step.reminders < AT_THE_END or not is_due(step, requisition, now):
        return False
    if not move_timer(step, reminders=ALL_TOLD, remind_at=None):
        return False
    after = _with_those_above(requisition, step, now)
    if after is None:
        record_reminder(requisition, step, now=now)
        return True
    added = _seat(requisition, step, after, now)
    record(
        "step.escalated",
        requisition.pk,
        actor=acting_alone(requisition.company),
        now=now,
        company_id=requisition.company_id,
        requisition=requisition.pk,
        step=step.pk,
        revision=step.revision_id,
        added=added,
    )
    return True


def _with_those_above(requisition: Requisition, step: Step, now: datetime) -> PlanStep | None:
    """The step with the next in line; whoever has answered anywhere is not asked again."""
    revision = requisition.revision
    assert revision is not None
    progress = read_progress(requisition)
    plan = staffed_plan(revision, progress.steps)
    voted = {v.user for v in progress.chain.votes if not v.carried or v.step == step.key}
    restaffing = load_restaffing(
        read_content(revision.content),
        plan,
        steps=plan.steps,
        authors=revision.authors,
        voted=voted,
        given=(),
        rates_moment=requisition.submitted_at,
        now=now,
    )
    return restaffing.with_next_in_line(next(one for one in plan.steps if one.key == step.key))


def _seat(requisition: Requisition, step: Step, after: PlanStep, now: datetime) -> list[str]:
    """Write the new people down, ask those who may decide, and give them their time."""
    there = set(StepAssignment.objects.filter(step=step).values_list("member_id", "principal_id"))
    added = [pair for pair in asked_pairs(after) if pair not in there]
    Step.objects.filter(pk=step.pk).update(restaffed=to_json(after))
    StepAssignment.objects.bulk_create(
        StepAssignment(
            step=step,
            requisition=requisition,
            member_id=member_id,
            principal_id=principal_id,
            # They stay when the rules choose the step's people anew.
            is_given=principal_id is None,
            **listed_total(requisition),
        )
        for member_id, principal_id in added
    )
    answering = time_to_answer(requisition, step)
    due_at = max(
        due_after(now, answering.length, answering.times.of(member_id)) for member_id, _ in added
    )
    expire_no_earlier(requisition, due_at)
    asked = read_progress(requisition).asked.get(step.key, ())
    members = sorted({member_id for member_id, _principal in added})
    StepAssignment.objects.filter(
        step=step, member_id__in=members, member__user_id__in=asked, decided_at=None
    ).update(is_open=True, due_at=due_at)
    return members
