"""The sweep: until nothing is left, each part by itself, with or without a queue."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from placet.jobs.sweep import MOST_ROUNDS, entries_of, run_entry, sweep
from placet.jobs.timetable import TIMETABLE, Entry, Moment
from placet.jobs.worker import Diary

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
REAL = datetime(2025, 1, 1, tzinfo=UTC)


def entry(name: str, run: Callable[[Moment], int], seconds: float = 5) -> Entry:
    return Entry(name, run, timedelta(seconds=seconds), "inside")


class Pile:
    """Work of a known amount, done a few at a time."""

    def __init__(self, left: int, batch: int = 3) -> None:
        self.left, self.batch = left, batch
        self.moments: list[Moment] = []

    def work(self, moment: Moment) -> int:
        self.moments.append(moment)
        done = min(self.left, self.batch)
        self.left -= done
        return done


def test_it_goes_on_until_nothing_is_left() -> None:
    small, large = Pile(2), Pile(10)
    entries = [entry("small", small.work), entry("large", large.work)]
    assert sweep(now=NOW, real_now=REAL, entries=entries) == 12
    assert (small.left, large.left) == (0, 0)
    assert sweep(now=NOW, real_now=REAL, entries=entries) == 0


def test_both_clocks_reach_the_work() -> None:
    pile = Pile(1)
    sweep(now=NOW, real_now=REAL, entries=[entry("pile", pile.work)])
    assert set(pile.moments) == {Moment(NOW, REAL)}


def test_what_fails_stops_nothing_else_and_is_not_repeated() -> None:
    calls: list[str] = []

    def fail(_moment: Moment) -> int:
        calls.append("fail")
        raise ValueError("Lena Vogt, lena@meridian.example")

    pile = Pile(7)
    with capture_logs() as logs:
        done = sweep(
            now=NOW, real_now=REAL, entries=[entry("broken", fail), entry("pile", pile.work)]
        )
    assert (done, pile.left, calls) == (7, 0, ["fail"])
    (said,) = logs
    assert (said["event"], said["job"], said["error"]) == ("job.failed", "broken", "ValueError")
    assert "Lena" not in str(logs)
    assert "lena@" not in str(logs)


def test_work_that_never_ends_is_bounded() -> None:
    calls = 0

    def endless(_moment: Moment) -> int:
        nonlocal calls
        calls += 1
        return 1

    assert sweep(now=NOW, real_now=REAL, entries=[entry("endless", endless)]) == MOST_ROUNDS
    assert calls == MOST_ROUNDS


def test_it_stops_between_rounds_when_it_is_told_to() -> None:
    pile = Pile(100)
    sweep(now=NOW, real_now=REAL, entries=[entry("pile", pile.work)], is_stopped=lambda: True)
    assert pile.left == 97


def test_each_entry_has_a_name_of_its_own_and_a_lane() -> None:
    assert len({item.name for item in TIMETABLE}) == len(TIMETABLE)
    lanes = {item.lane for item in TIMETABLE}
    assert sum(len(entries_of(lane)) for lane in lanes) == len(TIMETABLE)


@pytest.mark.django_db
def test_every_entry_runs_on_an_idle_installation() -> None:
    moment = Moment(NOW, REAL)
    for item in TIMETABLE:
        assert run_entry(item, moment) is not None, item.name


def test_the_diary_waits_unless_somebody_rings() -> None:
    often, seldom = entry("often", lambda _m: 0, 1), entry("seldom", lambda _m: 0, 5)
    diary = Diary([often, seldom])
    assert diary.due(100.0, rang=False) == [often, seldom]
    assert diary.due(100.5, rang=False) == []
    assert diary.due(101.0, rang=False) == [often]
    assert diary.due(101.1, rang=True) == [often, seldom]
    assert diary.due(105.0, rang=False) == [often]
    assert diary.due(106.1, rang=False) == [often, seldom]
