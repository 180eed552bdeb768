"""A schedule as its page shows it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from placet.carts.models import Schedule
from placet.carts.schedules.permissions import can_change_schedule, can_stop_schedule
from placet.core.actor import Actor
from placet.plans.describe import PlanDescription, describe_plan
from placet.requisitions.models import StandingOccurrence
from placet.requisitions.occurrences import list_occurrences
from placet.requisitions.permissions import can_withdraw_envelope
from placet.requisitions.standing_preview import StandingPreview, preview_occurrence
from placet.requisitions.standing_words import problem_words

MOST_SHOWN = 24


class SchedulePage(NamedTuple):
    """What came of it and, for its owner, what the next occurrence would need."""

    occurrences: list[StandingOccurrence]
    preview: StandingPreview | None
    plan: PlanDescription | None
    fault: str
    may_change: bool
    may_stop: bool
    may_withdraw: bool


def read_schedule(actor: Actor, schedule: Schedule, *, now: datetime) -> SchedulePage:
    """The schedule for one reader; only its owner is shown the plan."""
    may_change = can_change_schedule(actor, schedule) is None
    is_running = schedule.status != Schedule.Status.ENDED
    shows_plan = may_change and is_running and schedule.kind == Schedule.Kind.STANDING
    preview = preview_occurrence(schedule, actor=actor, now=now) if shows_plan else None
    fault = preview.fault if preview else None
    return SchedulePage(
        occurrences=list(list_occurrences(schedule)[:MOST_SHOWN]),
        preview=preview,
        plan=_described(preview, schedule, actor, now),
        fault=problem_words(fault.code, fault.about) if fault else "",
        may_change=may_change and is_running,
        may_stop=can_stop_schedule(actor, schedule) is None and is_running,
        may_withdraw=schedule.envelope_total_minor is not None
        and can_withdraw_envelope(actor, schedule) is None,
    )


def _described(
    preview: StandingPreview | None, schedule: Schedule, actor: Actor, now: datetime
) -> PlanDescription | None:
    if preview is None or preview.planned is None:
        return None
    return describe_plan(
        preview.planned.plan,
        company_id=schedule.company_id,
        language=actor.language,
        time_zone=schedule.company.time_zone,
        now=now,
    )
