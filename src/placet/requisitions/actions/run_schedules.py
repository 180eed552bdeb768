"""What is due of a schedule happens once: a reminder, a requisition, or a pause that says why.

The next moment stands in the schedule's row, and whoever moves it on by a guarded update acts on
it, so two workers, a job that runs twice and a clock that jumps make one occurrence. After a
standstill the oldest day that was missed is bought, and those behind it are left out. Everything is
one transaction: what cannot be bought leaves no cart, only the fact and the notice.
"""

from __future__ import annotations

from datetime import datetime

import structlog
from django.db.models import F

from placet.carts.models import Schedule
from placet.carts.schedules.confirming import Fault
from placet.carts.schedules.loading import with_people
from placet.carts.schedules.moments import company_day, following_on, is_over, moment_of
from placet.carts.schedules.moving import record_schedule
from placet.companies.acting import get_actor_of_schedule
from placet.companies.holding import hold_companies
from placet.companies.models import Company
from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.core.transaction import transaction, undoable
from placet.requisitions.models import Requisition, StandingOccurrence
from placet.requisitions.standing import Stopped, submit_occurrence
from placet.requisitions.timers import acting_alone

log = structlog.get_logger("placet.requisitions")
Status = Schedule.Status


def run_due_schedules(*, now: datetime, limit: int = 100) -> int:
    """Let everything happen whose moment has come; returns how many schedules moved.

    Nothing is due in a company that is suspended: it is when that ends.
    """
    due = (
        Schedule.objects.filter(
            status=Status.ACTIVE, due_at__lte=now, company__status=Company.Status.ACTIVE
        )
        .order_by("due_at", "id")
        .values_list("id", flat=True)[:limit]
    )
    return sum(_done(schedule_id, now) for schedule_id in list(due))


def _done(schedule_id: str, now: datetime) -> bool:
    try:
        return run_schedule(schedule_id, now=now)
    except Exception as error:
        log.error("schedule.not_run", schedule=schedule_id, error=type(error).__name__)
        return False


@transaction
def run_schedule(schedule_id: str, *, now: datetime) -> bool:
    """Let the next occurrence happen, if it is time; returns whether the schedule moved."""
    schedule = (
        with_people(Schedule.objects.all())
        .prefetch_related("purchase_list__grants")
        .get(pk=schedule_id)
    )
    hold_companies(schedule.company_id)
    moment = moment_of(schedule.company, schedule.next_on)
    if schedule.status != Status.ACTIVE or schedule.due_at > now:
        return False
    if moment > now:
        # The company's calendar has changed since: the day became one without work.
        return _put_off(schedule, moment)
    if not _claim(schedule, now):
        return False
    _occur(schedule, now)
    return True


def _put_off(schedule: Schedule, moment: datetime) -> bool:
    seen = Schedule.objects.filter(
        pk=schedule.pk, status=Status.ACTIVE, number=schedule.number, due_at=schedule.due_at
    )
    return bool(seen.update(due_at=moment))


def _claim(schedule: Schedule, now: datetime) -> bool:
    """Move the row on to the next occurrence: who does it acts on this one."""
    following = following_on(schedule, max(schedule.next_on, company_day(schedule.company, now)))
    status = Status.ENDED if is_over(schedule, following) else Status.ACTIVE
    claimed = Schedule.objects.filter(
        pk=schedule.pk,
        status=Status.ACTIVE,
        number=schedule.number,
        next_on=schedule.next_on,
        due_at=schedule.due_at,
    ).update(
        number=F("number") + 1,
        next_on=following,
        due_at=moment_of(schedule.company, following),
        status=status,
        version=F("version") + 1,
        changed_at=now,
    )
    return bool(claimed)


def _occur(schedule: Schedule, now: datetime) -> None:
    try:
        with undoable():
            owner = _acting_for(schedule)
            if schedule.kind == Schedule.Kind.REMINDER:
                _write(schedule, now)
                record_schedule(
                    schedule, "schedule.due", actor=acting_alone(schedule.company), now=now
                )
                return
            requisition = submit_occurrence(schedule, owner=owner, now=now)
            _write(schedule, now, requisition=requisition)
            record_schedule(
                schedule,
                "schedule.submitted",
                actor=owner,
                now=now,
                requisition=requisition.pk,
                number=requisition.number,
            )
    except Stopped as error:
        _stop(schedule, error.fault, now)


def _acting_for(schedule: Schedule) -> Actor:
    try:
        return get_actor_of_schedule(schedule.owner_id)
    except NotFound as error:
        raise Stopped("owner_gone") from error


def _stop(schedule: Schedule, fault: Fault, now: datetime) -> None:
    """Pause where it was, so that going on buys what was due; the notices follow from the event."""
    Schedule.objects.filter(pk=schedule.pk).update(
        status=Status.PAUSED,
        next_on=schedule.next_on,
        due_at=schedule.due_at,
        problem=fault.code,
        problem_about=list(fault.about),
    )
    _write(schedule, now, fault=fault)
    record_schedule(
        schedule,
        "schedule.stopped",
        actor=acting_alone(schedule.company),
        now=now,
        problem=fault.code,
        private={"about": list(fault.about)},
    )


def _write(
    schedule: Schedule,
    now: datetime,
    *,
    requisition: Requisition | None = None,
    fault: Fault | None = None,
) -> None:
    StandingOccurrence.objects.create(
        created_at=now,
        schedule=schedule,
        number=schedule.number + 1,
        due_on=schedule.next_on,
        requisition=requisition,
        problem=fault.code if fault else "",
        problem_about=list(fault.about) if fault else [],
    )
