"""Canonical bytes: the one way to write a value down before it is hashed.

JSON with sorted keys, no spaces, UTF-8, strings in Unicode NFC; integers only, never floats, so
that every machine writes the same bytes for the same value.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from typing import Any, Final

_ENCODER: Final = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def canonical_bytes(value: Any) -> bytes:
    """The bytes of a value made of mappings, sequences, strings, integers, booleans and null."""
    return _ENCODER.encode(_normal(value)).encode()


def sha256(content: bytes) -> str:
    """The hash in 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def _normal(value: Any) -> Any:
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, dict | Mapping):
        return {_text(str(key)): _normal(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_normal(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no canonical form")


def _text(text: str) -> str:
    """In NFC, which everything in ASCII is already."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)
