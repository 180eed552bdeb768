"""Identifiers and secrets: the only module that asks for randomness.

An id is a prefix that names its kind and 26 characters that sort by time of creation (48 bits of
milliseconds, 80 random bits, Crockford's base 32 in lower case, the layout of ULID). Ids never
order events: only an event's ``seq`` and ``position`` do.
"""

from __future__ import annotations

import random
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
PAIRS = [first + second for first in ALPHABET for second in ALPHABET]
_seeded: ContextVar[random.Random | None] = ContextVar("seeded_ids", default=None)


def new_id(prefix: str) -> str:
    """A fresh id such as ``req_01k9zj6v3m8q2x0r7n5t4b1c9d``."""
    source = _seeded.get()
    bits = source.getrandbits(80) if source else secrets.randbits(80)
    value = (time.time_ns() // 1_000_000) << 80 | bits
    return prefix + "_" + _base32(value)


def new_secret(prefix: str) -> str:
    """A secret of 256 bits that is shown once, such as ``sk_live_…``; never seeded."""
    return prefix + secrets.token_urlsafe(32)


def new_bytes(length: int) -> bytes:
    """Random bytes for salts and signing keys; never seeded."""
    return secrets.token_bytes(length)


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Inside, the random part of ids repeats from run to run: for the demo world and for tests."""
    mark = _seeded.set(random.Random(seed))  # noqa: S311  the demo's ids need not be secret
    try:
        yield
    finally:
        _seeded.reset(mark)


def _base32(value: int) -> str:
    return "".join(PAIRS[value >> shift & 1023] for shift in range(120, -1, -10))
