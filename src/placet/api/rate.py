"""How often a key may call: permits for one minute, which all processes share.

A process takes permits from the cache in blocks, so that most calls write nothing. A block is one
entry that only one process can add; what a process does not use up is lost with the minute.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, NamedTuple

from django.core.cache import cache
from django.utils.translation import gettext as _

from placet.core.clock import real_now
from placet.core.errors import RateLimited

BLOCK: Final = 20
BLOCKS_A_MINUTE: Final = 60
A_MINUTE: Final = BLOCK * BLOCKS_A_MINUTE


@dataclass(slots=True)
class _Purse:
    """What this process still holds for one key in one minute."""

    minute: int
    left: int = 0
    next_block: int = 0
    noted: int = 0
    is_refusal_noted: bool = False


@dataclass(slots=True)
class _Purses:
    by_key: dict[str, _Purse] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)


_purses = _Purses()


def spend(key_id: str, permits: int = 1) -> None:
    """Use permits of this key; raises ``RateLimited`` with the seconds until the next minute.

    Every call costs one; what keeps a processor busy for longer costs more.
    """
    for _permit in range(permits):
        _spend_one(key_id)


class Allowance(NamedTuple):
    """What a key has left in this minute, and in how many seconds the next one begins.

    ``left`` counts what this process knows to be taken; others may have taken more.
    """

    left: int
    seconds: int


def allowance_of(key_id: str) -> Allowance:
    """How often this key may still call before the next minute; a permit is not used up."""
    now = real_now()
    with _purses.lock:
        purse = _purse_of(key_id, now)
        left = purse.left + (BLOCKS_A_MINUTE - purse.next_block) * BLOCK
    return Allowance(left, _seconds_to_next(now))


def is_worth_noting(key_id: str, *, is_refused: bool) -> bool:
    """Whether the log takes one more call of this key: a flood does not become a flood of rows.

    ``is_refused`` for a call that came too often: the first of a minute stands for all of them.
    """
    with _purses.lock:
        purse = _purse_of(key_id, real_now())
        if is_refused and purse.is_refusal_noted:
            return False
        purse.is_refusal_noted = purse.is_refusal_noted or is_refused
        purse.noted += 1
        return purse.noted <= A_MINUTE + 1


def _spend_one(key_id: str) -> None:
    now = real_now()
    with _purses.lock:
        purse = _purse_of(key_id, now)
        if not purse.left and not _take_block(key_id, purse):
            raise RateLimited(
                _("At most %(most)d requests a minute with one key.") % {"most": A_MINUTE},
                retry_after=_seconds_to_next(now),
            )
        purse.left -= 1


def _purse_of(key_id: str, now: datetime) -> _Purse:
    """This minute's purse; to be asked for with the lock held."""
    minute = int(now.timestamp()) // 60
    purse = _purses.by_key.get(key_id)
    if purse is None or purse.minute != minute:
        _forget_other_minutes(minute)
        purse = _purses.by_key[key_id] = _Purse(minute)
    return purse


def _seconds_to_next(now: datetime) -> int:
    return 60 - int(now.timestamp()) % 60


def _take_block(key_id: str, purse: _Purse) -> bool:
    while purse.next_block < BLOCKS_A_MINUTE:
        entry = f"placet.api.rate:{key_id}:{purse.minute}:{purse.next_block}"
        purse.next_block += 1
        if cache.add(entry, 1, timeout=120):
            purse.left = BLOCK
            return True
    return False


def _forget_other_minutes(minute: int) -> None:
    for key_id in [key for key, purse in _purses.by_key.items() if purse.minute != minute]:
        del _purses.by_key[key_id]
