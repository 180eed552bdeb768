"""The clock: read once a request or job, then passed on as ``now``.

``real_now`` is the time of this machine. ``business_now`` is what people in the product see; the
demo moves it forward, a real installation never does. Sessions, lockout, tokens and the timestamps
of webhooks use real time whatever the demo's clock says.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

_offset_source: Callable[[], timedelta] | None = None


def real_now() -> datetime:
    """This machine's time, in UTC."""
    return datetime.now(UTC)


def business_now() -> datetime:
    """The time that decisions, deadlines and events carry, in UTC."""
    if _offset_source is None:
        return real_now()
    return real_now() + _offset_source()


def set_offset_source(source: Callable[[], timedelta] | None) -> None:
    """Let the demo say how far its clock is ahead. ``None`` takes the offset away again."""
    global _offset_source
    _offset_source = source
