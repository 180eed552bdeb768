"""Working on runs: a worker takes one up, reports, and writes the result once.

A *runner* does the work of a kind: it gets the run and a ``Progress``, works in slices without a
long transaction, calls ``progress(done, total)`` after each, and returns an ``Outcome``. What it
must write elsewhere, it hands over as ``Outcome.write``: that is called in the transaction in which
the run becomes *done*, so it happens once, however many workers were killed or came back late.

An import would read and check its rows in slices under ``progress`` (the dry run), return a row for
each as its report, and, where nothing is wrong and it was not a dry run, a ``write`` that calls the
actions with ``channel="import"``, after asking again for the rights of the run's starter. Undo is a
run of its own, whose parameters name the run that it takes back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

import structlog
from django.db.models import F, Q
from django.utils.translation import gettext_noop

from placet.core.actor import system_actor
from placet.core.errors import PlacetError
from placet.core.transaction import transaction
from placet.events.record import record
from placet.runs.models import Run, RunRow

log = structlog.get_logger("placet.runs")

SILENCE: Final = timedelta(minutes=2)
"""A worker that has not reported for so long is taken for dead."""
MOST_ATTEMPTS: Final = 2
ROWS_AT_ONCE: Final = 500
LONGEST_ERROR: Final = 400

BROKEN: Final = gettext_noop("Something is wrong on our side. It has been logged.")
KILLED: Final = gettext_noop("The worker was stopped twice while it worked on this.")


class Outcome(NamedTuple):
    """What came of a run: the result, its rows, and what is written together with them."""

    result: Mapping[str, Any]
    rows: Sequence[Mapping[str, Any]] = ()
    write: Callable[[], None] | None = None


class Lost(Exception):
    """The run is no longer this worker's: cancelled, or taken up by another."""


class Stopping(Exception):
    """The worker has been told to stop; the run goes back to where it waited."""


class Clocks(NamedTuple):
    """``now`` is what people see at the start, ``read_real`` reads the machine's clock."""

    now: datetime
    read_real: Callable[[], datetime]


class Progress:
    """How a runner reports: raises ``Lost`` when the run was cancelled, ``Stopping`` at a stop."""

    def __init__(self, run: Run, clocks: Clocks, is_stopped: Callable[[], bool]) -> None:
        self._run, self._clocks, self._is_stopped = run, clocks, is_stopped

    def __call__(self, done: int, total: int) -> None:
        """Say how much is done, which also says that somebody is still at work."""
        is_ours = _held(self._run).update(
            done=done, total=total, heartbeat_at=self._clocks.read_real()
        )
        if not is_ours:
            raise Lost
        if self._is_stopped():
            raise Stopping


Runner = Callable[[Run, Progress], Outcome]


def work_run(
    runners: Mapping[str, Runner],
    *,
    now: datetime,
    read_real: Callable[[], datetime],
    is_stopped: Callable[[], bool] = lambda: False,
) -> int:
    """Take up the oldest run that waits, or whose worker is silent, and work on it to its end.

    Returns how many runs were taken up: one or none.
    """
    clocks = Clocks(now, read_real)
    run = _taken_up(clocks)
    if run is None:
        return 0
    started = read_real()
    try:
        outcome = runners[run.kind](run, Progress(run, clocks, is_stopped))
        seconds = int((read_real() - started).total_seconds())
        _finish(run, outcome, seconds=seconds, now=now)
    except Lost:
        log.info("run.lost", run_id=run.pk)
    except Stopping:
        _held(run).update(status=Run.Status.WAITING, attempt=F("attempt") - 1, done=0)
        return 0
    except PlacetError as error:
        _fail(run, str(error.detail), now=now)
    except Exception as error:
        log.error("run.failed", run_id=run.pk, kind=run.kind, error=type(error).__name__)
        _fail(run, BROKEN, now=now)
    return 1


def _held(run: Run) -> Any:
    """The row, as long as it is this worker's: running, under the number of this attempt."""
    return Run.objects.filter(pk=run.pk, status=Run.Status.RUNNING, attempt=run.attempt)


def _taken_up(clocks: Clocks) -> Run | None:
    """The next run, as this worker's; a guarded update decides between several workers."""
    real_now = clocks.read_real()
    is_silent = Q(status=Run.Status.RUNNING, heartbeat_at__lt=real_now - SILENCE)
    waiting = Run.objects.filter(Q(status=Run.Status.WAITING) | is_silent)
    for run in waiting.order_by("created_at", "id")[:20]:
        seen = Run.objects.filter(
            pk=run.pk, status=run.status, attempt=run.attempt, heartbeat_at=run.heartbeat_at
        )
        if run.attempt >= MOST_ATTEMPTS:
            _fail(run, KILLED, now=clocks.now)
            continue
        taken = seen.update(
            status=Run.Status.RUNNING,
            attempt=F("attempt") + 1,
            heartbeat_at=real_now,
            started_at=clocks.now,
            done=0,
            version=F("version") + 1,
        )
        if taken:
            run.refresh_from_db()
            return run
    return None


@transaction
def _finish(run: Run, outcome: Outcome, *, seconds: int, now: datetime) -> None:
    """The result, the rows and what the runner writes, together or not at all."""
    is_ours = _held(run).update(
        status=Run.Status.DONE,
        done=F("total"),
        result=dict(outcome.result),
        ended_at=now + timedelta(seconds=seconds),
        version=F("version") + 1,
    )
    if not is_ours:
        raise Lost
    RunRow.objects.bulk_create(
        [
            RunRow(run_id=run.pk, position=position, content=dict(row))
            for position, row in enumerate(outcome.rows, start=1)
        ],
        batch_size=ROWS_AT_ONCE,
    )
    if outcome.write is not None:
        outcome.write()
    _record("run.finished", run, now, seconds=seconds)


@transaction
def _fail(run: Run, error: str, *, now: datetime) -> None:
    """It is over without a result; ``error`` is a sentence, translated when it is read."""
    failed = _held(run).update(
        status=Run.Status.FAILED,
        error=error[:LONGEST_ERROR],
        ended_at=now,
        version=F("version") + 1,
    )
    if failed:
        _record("run.failed", run, now)


def _record(event: str, run: Run, now: datetime, *, seconds: int = 0) -> None:
    actor = system_actor(run.company_id, "", "", "")
    record(
        event,
        run.pk,
        actor=actor,
        now=now,
        company_id=run.company_id,
        run=run.pk,
        kind=run.kind,
        about=run.subject,
        started_by=run.started_by,
        seconds=seconds,
    )
