"""Several workers, and one that is killed: a run is worked on once, and ends once."""

from __future__ import annotations

import os
import signal
from datetime import timedelta

from placet.events.models import Event
from placet.runs.actions import start_run
from placet.runs.models import Run
from placet.runs.work import SILENCE, Outcome, Progress, work_run
from tests.cast import NOW, load_cast
from tests.ground import Ground, race

LATER = NOW + SILENCE + timedelta(seconds=1)


def counting(run: Run, progress: Progress) -> Outcome:
    progress(1, 2)
    progress(2, 2)
    return Outcome({"by": run.attempt}, [{"row": 1}])


def killed(run: Run, progress: Progress) -> Outcome:
    progress(1, 2)
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("dead")


def works() -> int:
    return work_run({"count": counting}, now=NOW, read_real=lambda: LATER)


def dies() -> int:
    return work_run({"count": killed}, now=NOW, read_real=lambda: NOW)


def test_two_workers_share_the_runs_between_them(committed_db: Ground) -> None:
    cast = load_cast()
    runs = [start_run("count", parameters={}, actor=cast.lena, now=NOW) for _ in range(2)]
    done = race([works, works, works])
    assert sorted(done)[-1] == 1
    assert sum(done) + sum(works() for _ in range(2)) == 2
    assert set(Run.objects.values_list("pk", "status", "attempt")) == {
        (run.pk, "done", 1) for run in runs
    }
    assert Event.objects.filter(type="run.finished").count() == 2


def test_a_killed_worker_leaves_its_run_to_the_next(committed_db: Ground) -> None:
    cast = load_cast()
    run = start_run("count", parameters={}, actor=cast.lena, now=NOW)
    (dead,) = race([dies])
    assert dead.kind == "Died"
    run.refresh_from_db()
    assert (run.status, run.attempt, run.done) == ("running", 1, 1)
    assert sorted(race([works, works])) == [0, 1]
    run.refresh_from_db()
    assert (run.status, run.result, run.rows.count()) == ("done", {"by": 2}, 1)
    assert works() == 0


def test_a_run_that_kills_every_worker_ends_as_failed(committed_db: Ground) -> None:
    cast = load_cast()
    run = start_run("count", parameters={}, actor=cast.lena, now=NOW)
    race([dies])
    race([lambda: work_run({"count": killed}, now=NOW, read_real=lambda: LATER)])
    much_later = LATER + SILENCE + timedelta(seconds=1)
    assert work_run({"count": counting}, now=NOW, read_real=lambda: much_later) == 0
    run.refresh_from_db()
    assert (run.status, run.attempt) == ("failed", 2)
    assert Event.objects.filter(type="run.failed").count() == 1
