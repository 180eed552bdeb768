"""Geometry of the comparison: outcomes, weeks and people's load, before beside after."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from placet.plans.back_test_result import LoadDescription, Totals, Week

HEIGHT: Final = 100
WIDE: Final = 4
STEP: Final = 10
LEAST: Final = 2


class Part(NamedTuple):
    """A part of a stacked bar: what it counts, how many, and its place as SVG wants it."""

    kind: str
    purchases: int
    x: str
    width: str


class OutcomeBar(NamedTuple):
    """All purchases as one bar: nobody is asked, somebody is asked, blocked."""

    parts: tuple[Part, ...]
    free: int
    approval: int
    blocked: int


class WeekBars(NamedTuple):
    """A week's two bars in SVG units; ``y`` runs from the top."""

    starts_on: date
    before: int
    after: int
    x: int
    x_after: int
    y_before: int
    height_before: int
    y_after: int
    height_after: int


class WeekChart(NamedTuple):
    """Two bars a week, scaled to the highest of all."""

    weeks: tuple[WeekBars, ...]
    highest: int
    width: int
    last_on: date


class LoadRow(NamedTuple):
    """A person's load with its two bars; the widths are percentages of the largest load."""

    load: LoadDescription
    before_width: str
    after_width: str
    more: int


def draw_outcomes(totals: Totals) -> tuple[OutcomeBar, OutcomeBar]:
    """The outcome of all purchases before and after."""
    return (
        _outcome_bar(totals.free_before, totals.approval_before, totals.blocked_before),
        _outcome_bar(totals.free_after, totals.approval_after, totals.blocked_after),
    )


def draw_weeks(weeks: Sequence[Week], counts: Callable[[Week], tuple[int, int]]) -> WeekChart:
    """A chart of what ``counts`` finds in each week, before and after; none without weeks."""
    pairs = [counts(week) for week in weeks]
    highest = max((count for pair in pairs for count in pair), default=0)
    bars = []
    for index, (week, (before, after)) in enumerate(zip(weeks, pairs, strict=True)):
        one, other = _height(before, highest), _height(after, highest)
        x = index * STEP
        bars.append(
            WeekBars(
                week.starts_on, before, after, x, x + WIDE, HEIGHT - one, one, HEIGHT - other, other
            )
        )
    last_on = weeks[-1].starts_on + timedelta(days=6) if weeks else date.min
    return WeekChart(tuple(bars), highest, max(1, len(bars) * STEP - 2), last_on)


def draw_load(load: Sequence[LoadDescription]) -> list[LoadRow]:
    """Each person's steps before and after, in the order of the result."""
    most = max((max(one.before, one.after) for one in load), default=0)
    return [
        LoadRow(one, _percent(one.before, most), _percent(one.after, most), one.after - one.before)
        for one in load
    ]


def _outcome_bar(free: int, approval: int, blocked: int) -> OutcomeBar:
    whole, start, parts = free + approval + blocked, 0, []
    for kind, count in (("free", free), ("approval", approval), ("blocked", blocked)):
        if count:
            parts.append(Part(kind, count, _percent(start, whole), _percent(count, whole)))
        start += count
    return OutcomeBar(tuple(parts), free, approval, blocked)


def _height(count: int, highest: int) -> int:
    """At least so high that one purchase is seen beside a thousand."""
    return max(LEAST, round(count * HEIGHT / highest)) if count else 0


def _percent(part: int, whole: int) -> str:
    return f"{part * 100 / whole:.3f}".rstrip("0").rstrip(".") + "%" if whole else "0%"
