"""What happens by itself while a case is open, at its moments, as a worker would have done it."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from django.db.models import QuerySet

from placet.demo.loading.timeline import Timeline
from placet.requisitions.actions import escalate_step
from placet.requisitions.actions.expire_requisition import UNANSWERED, expire_requisition
from placet.requisitions.actions.remind_steps import remind_step
from placet.requisitions.models import DecisionPending, Requisition, Step
from placet.requisitions.timers import AT_THE_END

A_MOMENT = timedelta(seconds=15)
"""Longer than the time for undo: a step with an answer that may be undone is looked at again."""


def plan_timers(requisition_id: str, timeline: Timeline, *, until: datetime) -> None:
    """Put the next reminder or escalation of each open step on the timeline, and the expiry."""
    row = Requisition.objects.get(pk=requisition_id)
    if row.status not in UNANSWERED:
        return
    moments = set(_open_steps(requisition_id).values_list("remind_at", flat=True))
    moments.add(row.expires_at)
    for moment in sorted(one for one in moments if one is not None and one <= until):
        timeline.plan(moment, partial(_look, requisition_id, timeline, until))


def _look(requisition_id: str, timeline: Timeline, until: datetime, now: datetime) -> None:
    """Do what is due; nothing where somebody was quicker."""
    if DecisionPending.objects.filter(step__requisition_id=requisition_id).exists():
        timeline.plan(now + A_MOMENT, partial(_look, requisition_id, timeline, until))
        return
    done = expire_requisition(requisition_id, now=now)
    for step in _open_steps(requisition_id).filter(remind_at__lte=now):
        act = remind_step if step.reminders < AT_THE_END else escalate_step
        done = act(step.pk, now=now) or done
    if done:
        plan_timers(requisition_id, timeline, until=until)


def _open_steps(requisition_id: str) -> QuerySet[Step]:
    return Step.objects.filter(requisition_id=requisition_id, status=Step.Status.PENDING)
