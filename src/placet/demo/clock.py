"""The demo's clock: business time may run ahead of real time, never back."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import F

from placet.demo.models import DemoClock

MORNING = time(8)
ZONE = ZoneInfo("Europe/Berlin")
STEPS = {"1h": timedelta(hours=1), "1d": timedelta(days=1), "7d": timedelta(days=7)}
MONDAY = "monday"


def read_offset() -> timedelta:
    """How far business time is ahead; read once a request or job, so every process agrees."""
    found = DemoClock.objects.filter(pk=1).values_list("offset_seconds", flat=True).first()
    return timedelta(seconds=found or 0)


def advance_clock(step: str, *, now: datetime) -> bool:
    """Move business time forward by a step (``1h``, ``1d``, ``7d``) or to Monday morning.

    Returns whether there is such a step. It never goes back: what was decided stays decided.
    """
    ahead = _until_monday(now) if step == MONDAY else STEPS.get(step)
    if ahead is None:
        return False
    seconds = int(ahead.total_seconds())
    moved = DemoClock.objects.filter(pk=1).update(offset_seconds=F("offset_seconds") + seconds)
    if not moved:
        DemoClock.objects.create(pk=1, offset_seconds=seconds)
    return True


def _until_monday(now: datetime) -> timedelta:
    local = now.astimezone(ZONE)
    monday = local.date() + timedelta(days=7 - local.weekday())
    return datetime.combine(monday, MORNING, ZONE) - now
