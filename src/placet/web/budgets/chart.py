"""How a budget was used over its period: a step line, the amount, and where it is heading.

The picture is geometry only; the same figures stand in the table beside it.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Sum
from django.db.models.functions import TruncDate

from placet.budgets.models import Budget, LedgerEntry
from placet.web.budgets.forecast import Forecast

WIDTH: Final = 640
HEIGHT: Final = 180
MOST_POINTS: Final = 14

Kind = LedgerEntry.Kind
SIGNS: Final = {Kind.RESERVE: 1, Kind.RELEASE: -1, Kind.EXPIRE: -1, Kind.REFUND: -1}
AMOUNTS: Final = (Kind.ADJUST, Kind.TRANSFER)


class Day(NamedTuple):
    """The end of a day: what was used (ordered and waiting) and what there was."""

    on: date
    used_minor: int
    amount_minor: int


class Chart(NamedTuple):
    """Points as SVG wants them; ``rows`` are the figures for the table."""

    width: int
    height: int
    used: str
    area: str
    amount: str
    forecast: str
    today_x: int
    rows: tuple[Day, ...]


def draw_chart(budget: Budget, forecast: Forecast | None, *, now: datetime) -> Chart | None:
    """The chart of a budget's period up to now; nothing before its first day is over."""
    days = list_days(budget, now)
    if not days:
        return None
    zone = ZoneInfo(budget.company.time_zone)
    first = budget.starts_at.astimezone(zone).date()
    length = max((budget.ends_at.astimezone(zone).date() - first).days, 1)
    highest = max(
        1,
        *(max(day.used_minor, day.amount_minor) for day in days),
        forecast.used_minor if forecast else 0,
    )

    def x(on: date) -> int:
        return round(min(max((on - first).days, 0), length) * WIDTH / length)

    def y(minor: int) -> int:
        return round(HEIGHT - max(minor, 0) * (HEIGHT - 8) / highest)

    used, amount = [(0, HEIGHT)], [(0, y(days[0].amount_minor))]
    for day in days:
        # A step: the level of the day before holds until this day's postings.
        used += [(x(day.on), used[-1][1]), (x(day.on), y(day.used_minor))]
        amount += [(x(day.on), amount[-1][1]), (x(day.on), y(day.amount_minor))]
    today_x = x(now.astimezone(zone).date())
    used.append((today_x, used[-1][1]))
    amount.append((WIDTH, amount[-1][1]))
    ahead = [(today_x, used[-1][1]), (WIDTH, y(forecast.used_minor))] if forecast else []
    return Chart(
        WIDTH,
        HEIGHT,
        _points(used),
        _points([*used, (today_x, HEIGHT), (0, HEIGHT)]),
        _points(amount),
        _points(ahead),
        today_x,
        _thinned(days),
    )


def list_days(budget: Budget, now: datetime) -> list[Day]:
    """Each day with postings, ascending, with the sums at its end: one query."""
    zone = ZoneInfo(budget.company.time_zone)
    changes: dict[date, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    grouped = (
        LedgerEntry.objects.filter(budget=budget, created_at__lte=now)
        .annotate(on=TruncDate("created_at", tzinfo=zone))
        .values_list("on", "kind")
        .annotate(total=Sum("amount_minor"))
    )
    for on, kind, total in grouped:
        changes[on][kind] += int(total)
    used = amount = 0
    days = []
    for on in sorted(changes):
        of = changes[on]
        used += sum(sign * of[kind] for kind, sign in SIGNS.items())
        amount += sum(of[kind] for kind in AMOUNTS)
        days.append(Day(on, used, amount))
    return days


def _thinned(days: list[Day]) -> tuple[Day, ...]:
    """At most ``MOST_POINTS`` rows for the table: the last day of each stretch."""
    if len(days) <= MOST_POINTS:
        return tuple(days)
    span = (days[-1].on - days[0].on) / MOST_POINTS + timedelta(days=1)
    kept = {(day.on - days[0].on) // span: day for day in days}
    return tuple(kept.values())


def _points(found: list[tuple[int, int]]) -> str:
    return " ".join(f"{x},{y}" for x, y in found)
