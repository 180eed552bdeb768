"""Catching up: the same facts that webhooks carry, in one order, behind a position."""

from __future__ import annotations

from typing import Annotated

from django.http import StreamingHttpResponse
from ninja import Query, Router

from placet.api.call import ApiRequest
from placet.api.files import file_answer
from placet.api.queries import list_events_after
from placet.api.schemas.webhook import EventList, show_events
from placet.companies.permissions import AUDIT_VIEW, require
from placet.events.export import export_chain

router = Router(tags=["events"])
LINES = "application/x-ndjson"


@router.get("/events", response=EventList)
def list_events(
    request: ApiRequest,
    after: Annotated[int, Query(ge=0, le=10**15, description="a position; 0 is the start")] = 0,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> EventList:
    """Events behind a position. The merchant gets requisitions and orders of all companies."""
    found = list(list_events_after(request.actor, after)[: limit + 1])
    shown = found[:limit]
    return EventList(
        data=show_events(shown, request.actor.company_id),
        has_more=len(found) > limit,
        next_position=shown[-1].place.position if shown else after,
    )


@router.get("/event_chain", openapi_extra=file_answer(LINES))
def export_event_chain(request: ApiRequest, words: bool = False) -> StreamingHttpResponse:
    """The company's whole chain as lines of JSON, to be proved with `tools/verify_chain.py`.

    The first line names company, number of events and last hash. With `words=true` names and free
    text are included, and their salts.
    """
    require(request.actor, AUDIT_VIEW)
    chain = export_chain(request.actor.company_id, with_words=words)
    return StreamingHttpResponse(chain, content_type=f"{LINES}; charset=utf-8")
