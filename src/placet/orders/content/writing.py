"""Writing a content down: always in the newest format."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from placet.events.canonical import canonical_bytes, sha256
from placet.orders.content.shape import Content

FORMAT: Final = 2


def write_content(content: Content) -> tuple[bytes, str]:
    """The canonical bytes of a content, and their SHA-256 in hexadecimal."""
    written = canonical_bytes({"format": FORMAT, **_plain(content)})
    return written, sha256(written)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {key: _plain(item) for key, item in value._asdict().items()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return dict(value) if isinstance(value, Mapping) else value
