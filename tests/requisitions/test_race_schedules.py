"""Many workers at once, and an owner who acts meanwhile: each occurrence happens once."""

from __future__ import annotations

from placet.carts.models import Cart, Schedule
from placet.carts.schedules.actions import end_schedule, pause_schedule
from placet.carts.schedules.queries import get_schedule
from placet.jobs.verify import verify
from placet.requisitions.actions import run_due_schedules
from placet.requisitions.models import Requisition, StandingOccurrence
from tests.cast import Cast
from tests.ground import Failed, Ground, race
from tests.requisitions.schedules import AT_WORK, standing

WORKERS = 5


def test_several_workers_make_one_occurrence(committed_db: Ground, cast: Cast) -> None:
    schedules = [standing(cast) for _one in range(3)]
    results = race([lambda: run_due_schedules(now=AT_WORK)] * WORKERS)
    assert not [result for result in results if isinstance(result, Failed)]
    assert sum(results) == len(schedules)
    assert Requisition.objects.count() == Cart.objects.count() == len(schedules)
    assert StandingOccurrence.objects.count() == len(schedules)
    assert verify() == []


def test_it_is_stopped_or_bought_and_never_both(committed_db: Ground, cast: Cast) -> None:
    schedules = [standing(cast) for _one in range(4)]
    seen = [get_schedule(cast.lena, schedule.pk) for schedule in schedules]

    def stop() -> int:
        done = 0
        for number, schedule in enumerate(seen):
            change = pause_schedule if number % 2 else end_schedule
            try:
                change(schedule, actor=cast.lena, now=AT_WORK)
            except Exception as error:
                if getattr(error, "status", 500) != 409:
                    raise
            else:
                done += 1
        return done

    run = lambda: run_due_schedules(now=AT_WORK)  # noqa: E731
    stopped, *ran = race([stop, run, run])
    assert not isinstance(stopped, Failed)
    # What was stopped had been read before it ran: whoever came second changed nothing.
    bought = StandingOccurrence.objects.filter(requisition__isnull=False).count()
    assert stopped + bought == len(schedules)
    assert sum(ran) == bought
    running = Schedule.objects.filter(status=Schedule.Status.ACTIVE).count()
    assert running == bought
    assert verify() == []
