"""Signatures after Standard Webhooks 1.0: HMAC-SHA256 over id, timestamp and body."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime

from placet.core import ids

PREFIX = "whsec_"
SECRET_BYTES = 32


def new_signing_secret() -> str:
    """A secret as both sides keep it: ``whsec_`` and 32 random bytes in base64."""
    return PREFIX + base64.b64encode(ids.new_bytes(SECRET_BYTES)).decode()


def signed_headers(
    message_id: str, body: bytes, secrets: Sequence[str], *, now: datetime
) -> dict[str, str]:
    """The three headers of a message; one signature for each secret, the current one first.

    ``now`` is real time: receivers refuse messages that are older than a few minutes.
    """
    timestamp = int(now.timestamp())
    signatures = [_signature(message_id, timestamp, body, secret) for secret in secrets]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signatures),
    }


def _signature(message_id: str, timestamp: int, body: bytes, secret: str) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{message_id}.{timestamp}.".encode() + body
    digest = hmac.new(key, signed, hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode()
