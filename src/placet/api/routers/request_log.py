"""The log of calls: what a program asked in the last thirty days, and what it was told."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Query, Router
from pydantic import Field

from placet.api.call import ApiRequest
from placet.api.paging import Page, page_of
from placet.api.schemas.base import ListOf
from placet.api.schemas.request_log import LoggedRequest, show_calls
from placet.api.schemas.words import Moment
from placet.calls import queries

router = Router(tags=["requests"])


class CallFilters(Page):
    """Calls of one key, of a method, of a class of answers, with a code, since an instant."""

    key: Annotated[str, Field(max_length=40)] = ""
    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"] | None = None
    outcome: Literal["2xx", "4xx", "5xx"] | None = None
    code: Annotated[str, Field(max_length=60)] = ""
    since: Moment | None = None


@router.get("/requests", response=ListOf[LoggedRequest])
def list_calls(request: ApiRequest, page: Query[CallFilters]) -> ListOf[LoggedRequest]:
    """Calls of the last thirty days, newest first.

    With the right to manage keys those of all keys of the company, else those of the calling key.
    """
    wanted = queries.CallFilter(
        key_id=page.key,
        method=page.method or "",
        outcome=page.outcome or "",
        code=page.code,
        since=page.since,
    )
    found = queries.list_calls(request.actor, wanted)
    return page_of(request, found, page, show_calls)


@router.get("/requests/{call_id}", response=LoggedRequest)
def get_call(request: ApiRequest, call_id: str) -> LoggedRequest:
    """One call, by the `X-Request-Id` of its answer."""
    return show_calls([queries.get_call(request.actor, call_id)])[0]
