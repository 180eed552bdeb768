"""Geometry of a sparkline: a row of values as the points of one line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

WIDTH: Final = 120
HEIGHT: Final = 28
EDGE: Final = 2


class Spark(NamedTuple):
    """Points as SVG wants them; ``area`` closes the line to the ground, the last point is a dot."""

    line: str
    area: str
    last_x: str
    last_y: str
    width: int = WIDTH
    height: int = HEIGHT


def draw_spark(values: Sequence[int]) -> Spark | None:
    """The line of at least two values, from zero to the highest; nothing for fewer."""
    if len(values) < 2:
        return None
    highest = max(*values, 1)
    step = (WIDTH - 2 * EDGE) / (len(values) - 1)
    points = [
        (EDGE + place * step, HEIGHT - EDGE - max(value, 0) * (HEIGHT - 2 * EDGE) / highest)
        for place, value in enumerate(values)
    ]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    ground = f"{points[-1][0]:.1f},{HEIGHT} {points[0][0]:.1f},{HEIGHT}"
    return Spark(line, f"{line} {ground}", f"{points[-1][0]:.1f}", f"{points[-1][1]:.1f}")
