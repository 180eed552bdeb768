"""The pulse: how a worker finds out that its database is an older one than yesterday."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Final

import structlog
from django.conf import settings
from django.db.models import F

from placet.core.transaction import transaction
from placet.jobs.models import Pulse

log = structlog.get_logger("placet.jobs")

NAME: Final = "placet"


def may_work(*, now: datetime) -> bool:
    """Whether anything may happen by itself; a database that went back in time is held here.

    ``now`` is real time, for the moment at which it was noticed.
    """
    pulse = Pulse.objects.filter(pk=NAME).first()
    seen = beat_seen()
    if pulse is not None and pulse.held_at is not None:
        return False
    if seen > (pulse.beat if pulse else 0):
        because = f"A worker has seen beat {seen}, this database has {pulse.beat if pulse else 0}."
        hold(because=because, now=now)
        return False
    return True


def beat() -> None:
    """Note that work was done: first in the database, then in the file beside it."""
    if not Pulse.objects.filter(pk=NAME).update(beat=F("beat") + 1):
        Pulse.objects.get_or_create(pk=NAME, defaults={"beat": 1})
    keep(Pulse.objects.values_list("beat", flat=True).get(pk=NAME))


@transaction
def hold(*, because: str, now: datetime) -> bool:
    """Let nothing happen by itself from now on; whether it was not held before."""
    Pulse.objects.get_or_create(pk=NAME)
    held = Pulse.objects.filter(pk=NAME, held_at=None).update(held_at=now, held_because=because)
    if held:
        log.error("restore.held", because=because)
    return bool(held)


@transaction
def let_go() -> None:
    """End the hold, and count on from what any worker here has seen."""
    pulse = Pulse.objects.select_for_update().get(pk=NAME)
    pulse.held_at, pulse.held_because = None, ""
    pulse.beat = max(pulse.beat, beat_seen()) + 1
    pulse.save(update_fields=["held_at", "held_because", "beat"])


def find_hold() -> Pulse | None:
    """The hold, while there is one."""
    return Pulse.objects.filter(pk=NAME).exclude(held_at=None).first()


def beat_seen() -> int:
    """The last beat that a worker of this machine has seen; 0 where none has been here."""
    try:
        return int(Path(settings.PLACET_PULSE).read_text()) if settings.PLACET_PULSE else 0
    except (OSError, ValueError):
        return 0


def forget_beat() -> None:
    """A new installation begins: what was seen beside an older database does not concern it."""
    if settings.PLACET_PULSE:
        Path(settings.PLACET_PULSE).unlink(missing_ok=True)


def keep(number: int) -> None:
    """Write the beat down beside the database; a full disk is no reason to stop working."""
    if not settings.PLACET_PULSE:
        return
    place = Path(settings.PLACET_PULSE)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        written = place.with_suffix(f".{os.getpid()}")
        written.write_text(f"{number}\n")
        written.replace(place)
    except OSError as error:
        log.warning("pulse.not_kept", error=type(error).__name__)
