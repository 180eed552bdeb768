"""A run: started, taken up, reported, cancelled, finished once, whatever happens to the worker."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from placet.companies.models import Unit
from placet.core.errors import InvalidInput, NotFound
from placet.events.models import Event
from placet.runs import work
from placet.runs.actions import MOST_OPEN, RunEnded, TooManyRuns, cancel_run, start_run
from placet.runs.models import Run
from placet.runs.queries import count_progress, get_run, list_run_rows, list_runs
from placet.runs.work import SILENCE, Outcome, Progress, work_run
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db

LATER = NOW + SILENCE + timedelta(seconds=1)


def started(cast: Cast, **parameters: Any) -> Run:
    """A run of Lena's."""
    return start_run("count", parameters=parameters, actor=cast.lena, now=NOW)


def worked(runner: work.Runner, *, at: datetime = NOW, seconds: int = 0) -> int:
    """One turn of a worker whose machine's clock stands at ``at``, and moves once."""
    moments = iter([at, at])
    return work_run(
        {"count": runner},
        now=NOW,
        read_real=lambda: next(moments, at + timedelta(seconds=seconds)),
    )


def counting(run: Run, progress: Progress) -> Outcome:
    """Count to three, a step at a time."""
    for done in range(1, 4):
        progress(done, 3)
    return Outcome({"counted": 3}, [{"number": 1}, {"number": 2}])


def test_it_is_taken_up_and_its_result_is_there(cast: Cast) -> None:
    run = started(cast)
    assert worked(counting, seconds=25) == 1
    run.refresh_from_db()
    assert (run.status, run.done, run.total, run.result) == ("done", 3, 3, {"counted": 3})
    assert list_run_rows(run) == [(1, {"number": 1}), (2, {"number": 2})]
    assert list_run_rows(run, after=1) == [(2, {"number": 2})]
    assert count_progress(run).percent == 100
    assert run.ended_at == NOW + timedelta(seconds=25)
    types = list(
        Event.objects.filter(subject=run.pk).order_by("seq").values_list("type", flat=True)
    )
    assert types == ["run.started", "run.finished"]
    assert worked(counting) == 0


def test_only_the_starter_and_admins_see_it(cast: Cast) -> None:
    run = started(cast)
    assert get_run(cast.lena, run.pk) == run
    assert get_run(cast.ines, run.pk) == run
    for stranger in (cast.rashid, cast.jan, cast.odd):
        with pytest.raises(NotFound):
            get_run(stranger, run.pk)
        with pytest.raises(NotFound):
            cancel_run(run, actor=stranger, now=NOW)
        assert not list_runs(stranger)


def test_a_cancelled_run_is_never_taken_up(cast: Cast) -> None:
    run = cancel_run(started(cast), actor=cast.ines, now=NOW)
    assert (run.status, run.version) == ("cancelled", 2)
    assert worked(counting) == 0
    with pytest.raises(RunEnded):
        cancel_run(run, actor=cast.lena, now=NOW)


def test_a_run_that_is_cancelled_under_way_stops_and_leaves_nothing(cast: Cast) -> None:
    run = started(cast)

    def cancelled_halfway(run: Run, progress: Progress) -> Outcome:
        progress(1, 3)
        cancel_run(run, actor=cast.lena, now=NOW)
        progress(2, 3)
        raise AssertionError("the report after the cancellation does not return")

    assert worked(cancelled_halfway) == 1
    run.refresh_from_db()
    assert (run.status, run.result, run.done) == ("cancelled", None, 1)


def test_what_was_cancelled_in_the_last_moment_is_not_finished(cast: Cast) -> None:
    run, written = started(cast), []

    def too_late(run: Run, progress: Progress) -> Outcome:
        cancel_run(run, actor=cast.lena, now=NOW)
        return Outcome({}, [{}], lambda: written.append(1))

    assert worked(too_late) == 1
    run.refresh_from_db()
    assert (run.status, run.rows.count(), written) == ("cancelled", 0, [])


def test_a_silent_worker_loses_its_run_once(cast: Cast) -> None:
    """The first worker is killed, the second finishes: one result, and the first can write none."""
    run, written = started(cast), []

    def writing(run: Run, progress: Progress) -> Outcome:
        return Outcome({"by": run.attempt}, write=lambda: written.append(run.attempt))

    def slow(run: Run, progress: Progress) -> Outcome:
        assert worked(writing, at=LATER - timedelta(minutes=1)) == 0  # not silent for long enough
        assert worked(writing, at=LATER) == 1
        return writing(run, progress)

    assert worked(slow) == 1
    run.refresh_from_db()
    assert (run.status, run.result, written) == ("done", {"by": 2}, [2])
    assert Event.objects.filter(type="run.finished").count() == 1


def test_a_run_that_kills_its_worker_twice_has_failed(cast: Cast) -> None:
    run = started(cast)
    Run.objects.filter(pk=run.pk).update(status="running", attempt=2, heartbeat_at=NOW)
    assert worked(counting, at=LATER) == 0
    run.refresh_from_db()
    assert (run.status, run.error) == ("failed", work.KILLED)
    assert worked(counting, at=LATER) == 0


def test_a_worker_that_stops_gives_its_run_back(cast: Cast) -> None:
    run = started(cast)
    turns = work_run({"count": counting}, now=NOW, read_real=lambda: NOW, is_stopped=lambda: True)
    run.refresh_from_db()
    assert (turns, run.status, run.attempt) == (0, "waiting", 0)
    assert worked(counting) == 1


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ValueError("Lena Vogt, lena@meridian.example"), work.BROKEN),
        (InvalidInput("rows/3", "missing", "Row 3 has no name."), "Row 3 has no name."),
    ],
)
def test_what_goes_wrong_is_said_and_nobody_is_named(
    cast: Cast, error: Exception, said: str
) -> None:
    def broken(run: Run, progress: Progress) -> Outcome:
        raise error

    run = started(cast)
    assert worked(broken) == 1
    run.refresh_from_db()
    assert (run.status, run.error) == ("failed", said)
    assert Event.objects.filter(subject=run.pk, type="run.failed").exists()


def test_a_write_that_fails_takes_the_result_back(cast: Cast) -> None:
    """An import writes in the transaction in which its run ends: all of it or nothing."""
    run = started(cast)
    before = Unit.objects.get(pk=cast.unit["icu"]).name

    def write() -> None:
        Unit.objects.filter(pk=cast.unit["icu"]).update(name="half an import")
        raise InvalidInput("rows/2", "unknown", "Row 2 names a unit that does not exist.")

    assert worked(lambda _run, _progress: Outcome({}, [{}], write)) == 1
    run.refresh_from_db()
    assert (run.status, run.result, run.rows.count()) == ("failed", None, 0)
    assert Unit.objects.get(pk=cast.unit["icu"]).name == before


def test_no_company_fills_the_queue(cast: Cast) -> None:
    for _ in range(MOST_OPEN):
        started(cast)
    with pytest.raises(TooManyRuns):
        started(cast)
    start_run("count", parameters={}, actor=cast.jan, now=NOW)


def test_the_first_in_line_is_first(cast: Cast) -> None:
    first = started(cast)
    start_run("count", parameters={}, actor=cast.jan, now=NOW + timedelta(seconds=1))
    assert worked(counting) == 1
    first.refresh_from_db()
    assert first.status == "done"
