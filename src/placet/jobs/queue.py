"""The queue carries one word, *wake*, and nothing else: a bell, not a letter box.

What there is to do stands in the rows. A bell that is lost, doubled or broken costs seconds. The
queue has a file of its own, so that ringing never waits for the database.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from time import monotonic
from typing import Any

import structlog
from django.conf import settings
from huey import Huey, RedisHuey, SqliteHuey
from redis import ConnectionPool

from placet.jobs.trouble import place_of

log = structlog.get_logger("placet.jobs")

NAME = "placet"
WAIT_SECONDS = 1
AWAY_SECONDS = 5.0
"""How long a queue that did not answer is not asked again: a ring would wait for it each time."""
_away_until: dict[str, float] = {}


@lru_cache(maxsize=4)
def queue_at(address: str) -> Huey:
    """The queue of an address: ``redis://…``, else the path of its SQLite file."""
    if address.startswith(("redis://", "rediss://")):
        # A server that hangs costs the request that rings a moment, not its thread.
        pool = ConnectionPool.from_url(
            address, socket_timeout=WAIT_SECONDS, socket_connect_timeout=WAIT_SECONDS
        )
        queue: Huey = RedisHuey(NAME, connection_pool=pool, results=False, blocking=False)
    else:
        Path(address).parent.mkdir(parents=True, exist_ok=True)
        queue = SqliteHuey(NAME, filename=address, results=False, timeout=WAIT_SECONDS)
    return queue


@lru_cache(maxsize=4)
def _wake_task(address: str) -> Any:
    @queue_at(address).task(name="wake")  # type: ignore[untyped-decorator]
    def wake() -> None:
        """Say nothing but that there may be something to do."""

    return wake


def ring() -> None:
    """Wake the worker; never raises, since the action that rings has already committed."""

    def wake(address: str) -> bool:
        if not queue_at(address).pending_count():
            _wake_task(address)()
        return True

    _ask(wake, "queue.silent")


def heard() -> bool:
    """Whether somebody rang since the last time; one answer serves for any number of rings."""

    def listen(address: str) -> bool:
        queue = queue_at(address)
        if not queue.pending_count():
            return False
        queue.storage.flush_queue()
        return True

    return _ask(listen, "queue.deaf")


def _ask(question: Callable[[str], bool], trouble: str) -> bool:
    """The queue's answer; no, where it has none or had none a moment ago."""
    address = settings.PLACET_QUEUE
    if monotonic() < _away_until.get(address, 0.0):
        return False
    try:
        return question(address)
    except Exception as error:
        _away_until[address] = monotonic() + AWAY_SECONDS
        log.warning(trouble, error=type(error).__name__, place=place_of(error))
        return False
