"""Geometry of a budget bar: which part of the width each amount takes."""

from __future__ import annotations

from typing import NamedTuple


class Segment(NamedTuple):
    """One part of the bar; `x` and `width` are percentages of it, with a point, as SVG wants."""

    kind: str
    x: str
    width: str


class BarLayout(NamedTuple):
    """A budget as it would stand with *this* included; all amounts in minor units.

    `left` is what remains and never negative; `over` is what is missing. `used` is the share of the
    budget that is taken, 1 when it is exactly spent.
    """

    amount_minor: int
    committed_minor: int
    reserved_minor: int
    this_minor: int
    left_minor: int
    over_minor: int
    used: float
    segments: tuple[Segment, ...]


def lay_out_bar(
    amount_minor: int, committed_minor: int, reserved_minor: int, this_minor: int = 0
) -> BarLayout:
    """Lay out committed, reserved and this, in that order; what exceeds the amount becomes *over*.

    An overdrawn bar is scaled to what is taken, so that the part in red shows how much too much.
    Negative parts (more was given back than taken) take no width.
    """
    taken = committed_minor + reserved_minor + this_minor
    over = max(0, taken - amount_minor)
    scale = max(amount_minor, taken, 1)
    segments: list[Segment] = []
    start = 0
    parts = (("committed", committed_minor), ("reserved", reserved_minor), ("this", this_minor))
    for kind, part in parts:
        end = min(start + max(0, part), max(0, amount_minor))
        if end > start:
            segments.append(Segment(kind, _percent(start, scale), _percent(end - start, scale)))
            start = end
    if over:
        begin = max(0, amount_minor)
        segments.append(Segment("over", _percent(begin, scale), _percent(scale - begin, scale)))
    return BarLayout(
        amount_minor=amount_minor,
        committed_minor=committed_minor,
        reserved_minor=reserved_minor,
        this_minor=this_minor,
        left_minor=max(0, amount_minor - taken),
        over_minor=over,
        used=taken / amount_minor if amount_minor > 0 else float(taken > 0),
        segments=tuple(segments),
    )


def _percent(part: int, whole: int) -> str:
    return f"{part * 100 / whole:.3f}".rstrip("0").rstrip(".") + "%"
