"""What can go wrong, as facts with a code and an HTTP status.

Every error that a person may meet derives from ``PlacetError``. Web and API render the same
error; an app defines its own beside the action that raises them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class PlacetError(Exception):
    """A refused wish. ``code`` is stable for machines, ``detail`` is a sentence for people."""

    code = "error"
    status = 400

    def __init__(self, detail: str = "", **facts: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.facts: Mapping[str, Any] = facts


class NotFound(PlacetError):
    """There is no such thing within the actor's reach; outside it nothing is admitted to exist."""

    code = "not_found"
    status = 404


class Forbidden(PlacetError):
    """The actor sees the thing and may not do this; ``detail`` says why and who could."""

    code = "forbidden"
    status = 403


class Conflict(PlacetError):
    """The thing has moved on: somebody else was quicker, or its state does not allow this."""

    code = "conflict"
    status = 409


class InvalidInput(PlacetError):
    """One value is not acceptable. ``path`` points to it (``lines/0/quantity``)."""

    code = "invalid"
    status = 422

    def __init__(self, path: str, code: str, detail: str = "", **facts: Any) -> None:
        super().__init__(detail or code, **facts)
        self.path = path
        self.code = code


class RateLimited(PlacetError):
    """Too often. ``retry_after`` is in seconds."""

    code = "rate_limited"
    status = 429

    def __init__(self, detail: str, retry_after: int) -> None:
        super().__init__(detail)
        self.retry_after = retry_after
