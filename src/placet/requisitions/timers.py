"""The timer of an open step: the next moment at which somebody has to be told stands in its row.

After half of the time and at its end those who are asked are reminded; half of the time after the
second reminder those above are asked too. ``reminders`` says how many of these moments lie behind.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from placet.companies.models import Company
from placet.core.actor import Actor, system_actor
from placet.events.record import record
from placet.policy.plan import PlanStep
from placet.requisitions.due_times import AnswerTime, read_answer_time
from placet.requisitions.models import Requisition, Step, StepAssignment
from placet.requisitions.progress import staffed_plan

AT_HALF: Final = 1
AT_THE_END: Final = 2
ALL_TOLD: Final = 3
"""After the third moment nothing more comes by itself, until the purchase expires."""


def is_due(step: Step, requisition: Requisition, now: datetime) -> bool:
    """Whether a step whose requisition is locked waits, and its moment has come."""
    return (
        requisition.status == Requisition.Status.PENDING
        and step.revision_id == requisition.revision_id
        and step.status == Step.Status.PENDING
        and step.remind_at is not None
        and step.remind_at <= now
    )


def move_timer(step: Step, *, reminders: int, remind_at: datetime | None) -> bool:
    """Move a step's timer on from where it was read; returns whether it still stood there."""
    moved = Step.objects.filter(
        pk=step.pk,
        status=Step.Status.PENDING,
        reminders=step.reminders,
        remind_at=step.remind_at,
    ).update(reminders=reminders, remind_at=remind_at)
    if moved:
        step.reminders, step.remind_at = reminders, remind_at
    return bool(moved)


def planned_step(requisition: Requisition, step: Step) -> PlanStep:
    """The plan's step of a row, with the people whom it has now."""
    assert requisition.revision is not None
    plan = staffed_plan(requisition.revision, [step])
    return next(planned for planned in plan.steps if planned.key == step.key)


def time_to_answer(requisition: Requisition, step: Step) -> AnswerTime:
    """How long the people of an open step have, and whose working time counts."""
    hours = planned_step(requisition, step).due_hours
    return read_answer_time(step, requisition.company, hours)


def acting_alone(company: Company) -> Actor:
    """The actor of what happens by itself in a company."""
    return system_actor(company.pk, company.slug, company.kind, company.currency)


def record_reminder(requisition: Requisition, step: Step, *, now: datetime) -> None:
    """Note that whoever is asked and has not answered is reminded; the mails follow from this."""
    asked = StepAssignment.objects.filter(step=step, is_open=True)
    record(
        "step.reminded",
        requisition.pk,
        actor=acting_alone(requisition.company),
        now=now,
        company_id=requisition.company_id,
        requisition=requisition.pk,
        step=step.pk,
        revision=step.revision_id,
        reminder=step.reminders,
        asked=sorted(set(asked.values_list("member_id", flat=True))),
    )
