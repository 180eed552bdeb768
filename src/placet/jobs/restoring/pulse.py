"""The pulse: how a worker finds out that its database is an older one than yesterday."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from threading import get_ident
from time import monotonic
from typing import Final, NamedTuple

import structlog
from django.conf import settings
from django.db.models import F

from placet.companies.models import Company
from placet.core.transaction import transaction
from placet.jobs.models import Pulse

log = structlog.get_logger("placet.jobs")

NAME: Final = "placet"
AGE: Final = 1_000_000_000
"""Each release begins a new age, so that no file of another machine is ahead of it."""
REMIND_SECONDS: Final = 60.0
_reminded: dict[str, float] = {}


class Seen(NamedTuple):
    """What a machine remembers: whose beat it was (the merchant's id), and its number."""

    installation: str
    beat: int


def may_work(*, now: datetime) -> bool:
    """Whether anything may happen by itself; a database that went back in time is held here.

    ``now`` is real time, for the moment at which it was noticed.
    """
    # The file first: it is written after the row, so a row that is read later is never behind it
    # by the work of another thread or worker.
    seen = read_seen()
    pulse = Pulse.objects.filter(pk=NAME).first()
    if pulse is not None and pulse.held_at is not None:
        _remind(pulse)
        return False
    known = pulse.beat if pulse else 0
    if seen.beat > known and seen.installation == _installation():
        because = f"A worker has seen beat {seen.beat}, this database has {known}."
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
    """End the hold, and count on in an age that no worker anywhere has seen."""
    pulse = Pulse.objects.select_for_update().get(pk=NAME)
    pulse.held_at, pulse.held_because = None, ""
    pulse.beat = (max(pulse.beat, beat_seen()) // AGE + 1) * AGE
    pulse.save(update_fields=["held_at", "held_because", "beat"])


def find_hold() -> Pulse | None:
    """The hold, while there is one."""
    return Pulse.objects.filter(pk=NAME).exclude(held_at=None).first()


def beat_seen() -> int:
    """The last beat of this installation that this machine has seen; 0 where there was none."""
    seen = read_seen()
    return seen.beat if seen.beat and seen.installation == _installation() else 0


def read_seen() -> Seen:
    """What the file says; one that is missing or torn says nothing."""
    try:
        words = Path(settings.PLACET_PULSE).read_text().split() if settings.PLACET_PULSE else []
        return Seen(words[0], int(words[1])) if len(words) == 2 else Seen("", 0)
    except (OSError, ValueError):
        return Seen("", 0)


def forget_beat() -> None:
    """A new installation begins: what was seen beside an older database does not concern it."""
    if settings.PLACET_PULSE:
        Path(settings.PLACET_PULSE).unlink(missing_ok=True)


def keep(number: int) -> None:
    """Write the beat down beside the database; a full disk is no reason to stop working."""
    installation = _installation()
    if not settings.PLACET_PULSE or not installation:
        return
    place = Path(settings.PLACET_PULSE)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        written = place.with_suffix(f".{os.getpid()}-{get_ident()}")
        written.write_text(f"{installation} {number}\n")
        written.replace(place)
    except OSError as error:
        log.warning("pulse.not_kept", error=type(error).__name__)


def _installation() -> str:
    """Which installation the database is: the id of its one merchant, the same in its backups."""
    merchants = Company.objects.filter(kind=Company.Kind.MERCHANT)
    return merchants.values_list("pk", flat=True).order_by("pk").first() or ""


def _remind(pulse: Pulse) -> None:
    """Say it again every minute as long as nothing happens by itself, in each process."""
    if monotonic() - _reminded.get(NAME, -REMIND_SECONDS) >= REMIND_SECONDS:
        _reminded[NAME] = monotonic()
        log.error("restore.still_held", since=str(pulse.held_at), because=pulse.held_because)
