"""The sweep: run the timetable until nothing is left. It alone suffices, without any queue."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

import structlog

from placet.core import clock
from placet.jobs.timetable import TIMETABLE, Entry, Moment, never
from placet.jobs.trouble import place_of

log = structlog.get_logger("placet.jobs")

MOST_ROUNDS = 10_000


def sweep(
    *,
    now: datetime,
    real_now: datetime | None = None,
    entries: Sequence[Entry] = TIMETABLE,
    is_stopped: Callable[[], bool] = never,
) -> int:
    """Do everything that is due; returns how many things were done.

    ``now`` is business time. ``real_now`` is when mails and webhooks are tried, by default the
    machine's clock, read again for each round. What fails is logged and left for the next sweep.
    ``is_stopped`` is asked between rounds.
    """
    done = 0
    working = list(entries)
    for _round in range(MOST_ROUNDS):
        read_real = None if real_now else clock.real_now
        moment = Moment(now, real_now or clock.real_now(), is_stopped, read_real)
        counts = {entry: run_entry(entry, moment) for entry in working}
        working = [entry for entry in working if counts[entry] is not None]
        this_round = sum(count or 0 for count in counts.values())
        done += this_round
        if not this_round or is_stopped():
            break
    return done


def run_entry(entry: Entry, moment: Moment) -> int | None:
    """Run one entry once; ``None`` when it failed, which is logged without personal data."""
    try:
        return entry.run(moment)
    except Exception as error:
        log.error("job.failed", job=entry.name, error=type(error).__name__, place=place_of(error))
        return None


def entries_of(lane: str, entries: Iterable[Entry] = TIMETABLE) -> list[Entry]:
    """The entries that one lane of the worker runs."""
    return [entry for entry in entries if entry.lane == lane]
