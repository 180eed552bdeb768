"""Hits of a rule as a small chart: one bar a week, the newest on the right."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final, NamedTuple

from placet.plans.hits import RuleHits

WEEK: Final = 7
BAR: Final = 6
STEP: Final = 8
HEIGHT: Final = 24


class WeekBar(NamedTuple):
    """One week: its first day, how many requisitions, and where its bar stands (SVG units)."""

    starts_on: date
    matched: int
    x: int
    y: int
    height: int


class Sparkline(NamedTuple):
    """The bars of 90 days, scaled to the highest; ``total`` counts requisitions."""

    total: int
    highest: int
    width: int
    bars: tuple[WeekBar, ...]


def draw_sparkline(hits: RuleHits | None, today: date = date.min) -> Sparkline:
    """Weeks end today; the first one may be shorter. A week with hits has a bar that is seen."""
    daily = hits.daily if hits else ()
    weeks = [daily[max(0, end - WEEK) : end] for end in range(len(daily), 0, -WEEK)][::-1]
    counts = [sum(week) for week in weeks]
    highest = max(counts, default=0)
    bars = []
    for index, count in enumerate(counts):
        height = max(2, round(count * HEIGHT / highest)) if count else 1
        starts_on = today - timedelta(days=sum(len(week) for week in weeks[index:]) - 1)
        bars.append(WeekBar(starts_on, count, index * STEP, HEIGHT - height, height))
    width = max(1, len(bars) * STEP - (STEP - BAR))
    return Sparkline(hits.total if hits else 0, highest, width, tuple(bars))
