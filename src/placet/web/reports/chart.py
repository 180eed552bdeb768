"""A report's line over time as columns: geometry only, the figures stand in the table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from placet.reports.values import Number, Point

WIDTH: Final = 720
HEIGHT: Final = 160
GAP: Final = 0.25
MOST_LABELS: Final = 8


class Bar(NamedTuple):
    """A stretch: its column, and where the one before stood; numbers as SVG wants them."""

    on: date
    value: Number
    before: Number
    x: str
    width: str
    y: str
    height: str
    before_y: str
    middle: str
    is_labelled: bool


class Chart(NamedTuple):
    """The columns and the highest value, which the scale ends at."""

    bars: tuple[Bar, ...]
    highest: float
    width: int = WIDTH
    height: int = HEIGHT


def draw_chart(points: Sequence[Point]) -> Chart | None:
    """The columns of at least two stretches; nothing where all is nothing."""
    sizes = [float(value or 0) for point in points for value in (point.value, point.before)]
    highest = max(sizes, default=0.0)
    if len(points) < 2 or highest <= 0:
        return None
    step = WIDTH / len(points)
    every = -(-len(points) // MOST_LABELS)
    return Chart(
        tuple(_bar(place, point, step, highest, every) for place, point in enumerate(points)),
        highest,
    )


def _bar(place: int, point: Point, step: float, highest: float, every: int) -> Bar:
    tall = max(float(point.value or 0), 0.0) * (HEIGHT - 4) / highest
    then = max(float(point.before or 0), 0.0) * (HEIGHT - 4) / highest
    return Bar(
        point.on,
        point.value,
        point.before,
        f"{place * step + step * GAP / 2:.1f}",
        f"{step * (1 - GAP):.1f}",
        f"{HEIGHT - tall:.1f}",
        f"{tall:.1f}",
        f"{HEIGHT - then:.1f}",
        f"{(place + 0.5) * 100 / (WIDTH / step):.2f}%",
        place % every == 0,
    )
