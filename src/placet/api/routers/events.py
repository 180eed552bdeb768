"""Catching up: the same facts that webhooks carry, in one order, behind a position."""

from __future__ import annotations

from typing import Annotated

from ninja import Query, Router

from placet.api.call import ApiRequest
from placet.api.queries import list_events_after
from placet.api.schemas.webhook import EventList, show_events

router = Router(tags=["events"])


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
