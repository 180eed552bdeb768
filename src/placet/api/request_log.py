"""What a program asked and what it was told, written down once it has its answer."""

from __future__ import annotations

import json

from django.http import HttpResponse, HttpResponseBase

from placet.api.auth import find_key
from placet.api.call import ApiRequest
from placet.api.rate import is_worth_noting
from placet.calls.models import RequestLogEntry
from placet.calls.recording import record_call


def log_call(
    call: ApiRequest,
    answer: HttpResponseBase,
    *,
    method: str,
    operation: str,
    milliseconds: int,
) -> None:
    """Write the call down when the answer has left, in a write of its own.

    Calls without a key of ours belong to nobody and are not kept.
    """

    def write() -> None:
        key = find_key(call)
        if key is None or not is_worth_noting(key.pk, is_refused=answer.status_code == 429):
            return
        actor = getattr(call, "actor", None)
        record_call(
            RequestLogEntry(
                id=call.request_id,
                created_at=call.began_at,
                company_id=key.company_id,
                key_id=key.pk,
                member_id=actor.member_id if actor else "",
                method=method[:8],
                path=call.path.replace("\x00", "")[:300],
                operation=operation[:80],
                status=answer.status_code,
                code=_code_of(answer),
                is_replayed=answer.headers.get("Idempotent-Replayed") == "true",
                milliseconds=milliseconds,
            )
        )

    # Django closes an answer when its last byte has left, while the database is still there.
    answer._resource_closers.append(write)  # type: ignore[attr-defined]


def _code_of(answer: HttpResponseBase) -> str:
    """The ``code`` of a problem; nothing for what succeeded."""
    if answer.status_code < 400 or not isinstance(answer, HttpResponse) or not answer.content:
        return ""
    return str(json.loads(answer.content).get("code", ""))[:60]
