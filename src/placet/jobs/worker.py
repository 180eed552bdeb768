"""The worker: sweeps when somebody rings, and every few seconds anyway.

One thread for each lane of the timetable and one that listens to the queue. Several workers may run
at the same time: rows are claimed by guarded updates.
"""

from __future__ import annotations

from collections.abc import Sequence
from threading import Event, Thread
from time import monotonic

import structlog
from django.db import close_old_connections, connection

from placet.core import clock
from placet.jobs.queue import heard
from placet.jobs.restoring.pulse import beat, may_work
from placet.jobs.sweep import entries_of, sweep
from placet.jobs.timetable import TIMETABLE, Entry
from placet.jobs.trouble import place_of

log = structlog.get_logger("placet.jobs")

LISTEN_SECONDS = 0.25
LOOK_SECONDS = 1.0


class Diary:
    """When each entry ran last: without a ring it runs no more often than its ``every``."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self.ran_at: dict[str, float] = {}

    def due(self, at: float, *, rang: bool) -> list[Entry]:
        """The entries to run at ``at`` (seconds of a steady clock); all of them after a ring."""
        due = [
            entry
            for entry in self.entries
            if rang or at - self.ran_at.get(entry.name, -1e9) >= entry.every.total_seconds()
        ]
        self.ran_at.update({entry.name: at for entry in due})
        return due


def run_worker(stop: Event) -> None:
    """Work in the foreground until ``stop`` is set; what is being sent then is finished first."""
    bells: dict[str, Event] = {lane: Event() for lane in sorted({e.lane for e in TIMETABLE})}
    threads = [
        Thread(target=_run_lane, args=(entries_of(lane), bells, lane, stop), name=f"placet-{lane}")
        for lane in bells
    ]
    for thread in threads:
        thread.start()
    log.info("worker.started", lanes=list(bells))
    while not stop.wait(LISTEN_SECONDS):
        if heard():
            _ring_all(bells)
    _ring_all(bells)
    for thread in threads:
        thread.join()
    log.info("worker.stopped")


def _run_lane(entries: list[Entry], bells: dict[str, Event], lane: str, stop: Event) -> None:
    bell, diary = bells[lane], Diary(entries)
    try:
        while not stop.is_set():
            rang = bell.wait(LOOK_SECONDS)
            bell.clear()
            due = diary.due(monotonic(), rang=rang)
            if due and not stop.is_set() and _sweep_lane(due, stop) and lane == "inside":
                # What was decided inside has to leave: the other lanes need not wait their turn.
                _ring_all({other: bells[other] for other in bells if other != lane})
    finally:
        connection.close()


def _sweep_lane(entries: list[Entry], stop: Event) -> int:
    close_old_connections()
    try:
        if not may_work(now=clock.real_now()):
            return 0
        done = sweep(now=clock.business_now(), entries=entries, is_stopped=stop.is_set)
        if done:
            beat()
        return done
    except Exception as error:
        # Only the clock of the demo reads a row here; without a database there is nothing to do.
        log.error("worker.failed", error=type(error).__name__, place=place_of(error))
        return 0
    finally:
        close_old_connections()


def _ring_all(bells: dict[str, Event]) -> None:
    for bell in bells.values():
        bell.set()
