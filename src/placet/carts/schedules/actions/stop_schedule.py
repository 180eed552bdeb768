"""Pausing, going on, leaving one occurrence out, ending."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from placet.carts.models import Schedule
from placet.carts.schedules.confirming import confirmed_of, listed_for
from placet.carts.schedules.moments import company_day, following_on, is_over, moment_of
from placet.carts.schedules.moving import move_schedule, record_schedule
from placet.carts.schedules.permissions import can_change_schedule, can_stop_schedule
from placet.companies.holding import hold_actor
from placet.companies.refusals import refuse, refuse_foreign
from placet.core.actor import Actor
from placet.core.transaction import transaction

Status = Schedule.Status


@transaction
def pause_schedule(schedule: Schedule, *, actor: Actor, now: datetime) -> Schedule:
    """Let nothing happen until somebody says so. Raises ``Conflict`` where it is not running."""
    refuse_foreign(actor, schedule.company_id)
    hold_actor(actor)
    refuse(can_stop_schedule(actor, schedule))
    move_schedule(schedule, states=(Status.ACTIVE,), now=now, status=Status.PAUSED, problem="")
    record_schedule(schedule, "schedule.paused", actor=actor, now=now)
    return schedule


@transaction
def resume_schedule(
    schedule: Schedule,
    *,
    warnings_read: Sequence[str] = (),
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> Schedule:
    """Let it go on: what was due meanwhile is bought once, as soon as people work.

    The actor has seen the list as it is now, with its prices, and read the warnings named.
    """
    hold_actor(actor)
    refuse_foreign(actor, schedule.company_id)
    hold_actor(actor)
    refuse(can_change_schedule(actor, schedule))
    move_schedule(
        schedule,
        states=(Status.PAUSED,),
        version=version,
        now=now,
        status=Status.ACTIVE,
        problem="",
        problem_about=[],
        confirmed=confirmed_of(listed_for(schedule, now=now)),
        warnings_read=sorted({*schedule.warnings_read, *warnings_read}),
    )
    record_schedule(schedule, "schedule.resumed", actor=actor, now=now)
    return schedule


@transaction
def skip_occurrence(
    schedule: Schedule, *, version: int | None = None, actor: Actor, now: datetime
) -> Schedule:
    """Leave the next occurrence out; the one after it is the next one then."""
    refuse_foreign(actor, schedule.company_id)
    hold_actor(actor)
    refuse(can_change_schedule(actor, schedule))
    skipped = schedule.next_on
    today = company_day(schedule.company, now)
    next_on = following_on(schedule, max(skipped, today - timedelta(days=1)))
    move_schedule(
        schedule,
        version=version,
        now=now,
        next_on=next_on,
        due_at=moment_of(schedule.company, next_on),
        status=Status.ENDED if is_over(schedule, next_on) else schedule.status,
    )
    record_schedule(schedule, "schedule.skipped", actor=actor, now=now, day=skipped.isoformat())
    return schedule


@transaction
def end_schedule(schedule: Schedule, *, actor: Actor, now: datetime) -> Schedule:
    """Let nothing happen any more; what was submitted goes its own way."""
    refuse_foreign(actor, schedule.company_id)
    hold_actor(actor)
    refuse(can_stop_schedule(actor, schedule))
    move_schedule(schedule, now=now, status=Status.ENDED, problem="", problem_about=[])
    record_schedule(schedule, "schedule.ended", actor=actor, now=now)
    return schedule
