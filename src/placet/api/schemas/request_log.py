"""Calls of programs, as they are told to programs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from placet.api.schemas.base import Answer
from placet.calls.models import RequestLogEntry


class LoggedRequest(Answer):
    """One call of one key. `id` is its `X-Request-Id`; `path` comes without its query.

    `operation` is the name in the OpenAPI document, empty where the address leads nowhere. `code`
    is that of the problem, empty for what succeeded.
    """

    object: Literal["request"] = "request"
    id: str
    created_at: datetime
    key: str
    member: str | None
    method: str
    path: str
    operation: str
    status: int
    code: str
    is_replayed: bool
    milliseconds: int


def show_calls(rows: Sequence[RequestLogEntry]) -> list[LoggedRequest]:
    """Calls as their company may read them."""
    return [
        LoggedRequest(
            id=row.pk,
            created_at=row.created_at,
            key=row.key_id,
            member=row.member_id or None,
            method=row.method,
            path=row.path,
            operation=row.operation,
            status=row.status,
            code=row.code,
            is_replayed=row.is_replayed,
            milliseconds=row.milliseconds,
        )
        for row in rows
    ]
