"""Writing a call down: a short write of its own, given up rather than waited for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import structlog
from django.db import DatabaseError, InterfaceError, connection
from prometheus_client import Counter

from placet.calls.models import RequestLogEntry

DROPPED: Final = Counter(
    "placet_api_calls_unlogged", "Calls that the request log lacks: the database was busy"
)
LONGEST_WAIT_MS: Final = 250
log = structlog.get_logger("placet.calls")


def record_call(entry: RequestLogEntry) -> bool:
    """Write the row; whether it was written. Never raises: the call has its answer already.

    A row that cannot be written at once is dropped and counted, since the log of calls is for
    finding mistakes and not for proving anything.
    """
    try:
        with _short_wait():
            entry.save(force_insert=True)
    except (DatabaseError, InterfaceError) as error:
        DROPPED.inc()
        log.warning("call.unlogged", call=entry.pk, error=type(error).__name__)
        return False
    return True


@contextmanager
def _short_wait() -> Iterator[None]:
    """SQLite has one writer: what waits for it here waits a moment, not as long as an action may.

    PostgreSQL never waits to insert a row of its own.
    """
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    bare = connection.connection
    usual = int(connection.settings_dict["OPTIONS"].get("timeout", 5) * 1000)
    bare.execute(f"PRAGMA busy_timeout = {LONGEST_WAIT_MS}")
    try:
        yield
    finally:
        bare.execute(f"PRAGMA busy_timeout = {usual}")
