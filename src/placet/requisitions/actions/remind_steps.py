"""What happens to a step that nobody answers: two reminders, then those above are asked too.

Half of the time has passed, all of it, and half of it again since the second reminder: each moment
stands in the step's row, and whoever moves it on by a guarded update acts on it, so each is acted
on once, however many look. After a standstill the second reminder comes alone, since it says what
the first one would have, and those above are asked only when it had its time.
"""

from __future__ import annotations

from datetime import datetime

import structlog
from django.db.models import Exists, OuterRef

from placet.companies.models import Company
from placet.core.transaction import transaction
from placet.requisitions.actions.escalate_step import escalate_step
from placet.requisitions.lifecycle import lock_requisition
from placet.requisitions.models import DecisionPending, Requisition, Step
from placet.requisitions.timers import (
    AT_HALF,
    AT_THE_END,
    is_due,
    move_timer,
    record_reminder,
    time_to_answer,
)

log = structlog.get_logger("placet.requisitions")


def remind_due_steps(*, now: datetime, limit: int = 200) -> int:
    """Remind and escalate where the moment has come; returns for how many steps.

    A step with an answer that may still be undone waits for it: nobody who has answered is
    reminded. Nothing is due in a company that is suspended, since nobody could answer.
    """
    due = (
        Step.objects.filter(
            status=Step.Status.PENDING,
            requisition__status=Requisition.Status.PENDING,
            requisition__company__status=Company.Status.ACTIVE,
            remind_at__lte=now,
        )
        .exclude(Exists(DecisionPending.objects.filter(step=OuterRef("pk"))))
        .order_by("remind_at", "id")
        .values_list("id", "reminders")[:limit]
    )
    return sum(_done(step_id, reminders, now) for step_id, reminders in list(due))


def _done(step_id: str, reminders: int, now: datetime) -> bool:
    act = remind_step if reminders < AT_THE_END else escalate_step
    try:
        return act(step_id, now=now)
    except Exception as error:
        log.error("step.not_reminded", step=step_id, error=type(error).__name__)
        return False


@transaction
def remind_step(step_id: str, *, now: datetime) -> bool:
    """Remind whoever has not answered, if it is time; returns whether somebody was reminded."""
    step = Step.objects.select_related("requisition__company").get(pk=step_id)
    requisition = lock_requisition(step.requisition_id)
    step.refresh_from_db()
    if not is_due(step, requisition, now) or step.reminders >= AT_THE_END:
        return False
    if step.reminders < AT_HALF and step.due_at is not None and now < step.due_at:
        moved = move_timer(step, reminders=AT_HALF, remind_at=step.due_at)
    else:
        later = time_to_answer(requisition, step).half_at(now)
        moved = move_timer(step, reminders=AT_THE_END, remind_at=later)
    if moved:
        record_reminder(requisition, step, now=now)
    return moved
