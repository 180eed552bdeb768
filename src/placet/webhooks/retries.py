"""When a delivery is tried again: the waits of Standard Webhooks, spread by the delivery's id."""

from __future__ import annotations

import hashlib
from datetime import timedelta

WAITS = (
    timedelta(0),
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
"""How long to wait before each attempt; the first is due at once."""

SPREAD_PERCENT = 10


def wait_after(attempts: int, delivery_id: str) -> timedelta | None:
    """How long to wait after so many failed attempts; ``None`` when it is given up.

    Up to a tenth is added, always the same for the same delivery and attempt, so that a receiver
    that comes back is not met by everything at the same moment.
    """
    if attempts >= len(WAITS):
        return None
    digest = hashlib.sha256(f"{delivery_id}:{attempts}".encode()).digest()
    share = int.from_bytes(digest[:4]) / 2**32
    return WAITS[attempts] * (1 + share * SPREAD_PERCENT / 100)
