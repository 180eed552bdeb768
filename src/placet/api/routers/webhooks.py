"""Endpoints that are told about events, and every single delivery."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Query, Router
from ninja.responses import Status
from pydantic import Field, StringConstraints

from placet.api.call import ApiRequest
from placet.api.paging import Page, page_of
from placet.api.schemas.base import ListOf, Wish
from placet.api.schemas.webhook import (
    Delivery,
    Endpoint,
    EndpointWithSecret,
    show_deliveries,
    show_endpoint,
    show_endpoint_with_secret,
)
from placet.api.versions import tag
from placet.webhooks import actions, queries

router = Router(tags=["webhooks"])


class NewEndpoint(Wish):
    """An address, and the events that it wants: `order.created`, `order.*`; none means all."""

    url: Annotated[str, StringConstraints(min_length=1, max_length=2000)]
    event_types: Annotated[
        list[Annotated[str, StringConstraints(max_length=100)]], Field(max_length=100)
    ] = []


class NewDisablement(Wish):
    """Why it is switched off."""

    reason: Annotated[str, StringConstraints(max_length=200)] = ""


class NothingToSay(Wish):
    """The address says it all."""


class DeliveryFilters(Page):
    """Deliveries of one endpoint or in one state."""

    endpoint: Annotated[str, Field(max_length=40)] = ""
    status: Literal["waiting", "delivered", "failed"] | None = None


@router.get("/webhook_endpoints", response=ListOf[Endpoint])
def list_endpoints(request: ApiRequest, page: Query[Page]) -> ListOf[Endpoint]:
    """The company's endpoints, oldest first; never their secrets."""
    found = queries.list_endpoints(request.actor)
    return page_of(request, found, page, lambda rows: [show_endpoint(row) for row in rows])


@router.post("/webhook_endpoints", response={201: EndpointWithSecret})
def add_endpoint(request: ApiRequest, body: NewEndpoint) -> Status[EndpointWithSecret]:
    """Tell an address about the company's events; the answer holds the secret, this once."""
    endpoint = actions.add_endpoint(
        body.url, event_types=body.event_types, actor=request.actor, now=request.now
    )
    return Status(201, show_endpoint_with_secret(endpoint))


@router.get("/webhook_endpoints/{endpoint_id}", response=Endpoint)
def get_endpoint(request: ApiRequest, endpoint_id: str) -> Endpoint:
    """One endpoint."""
    endpoint = queries.get_endpoint(request.actor, endpoint_id)
    tag(request, endpoint.version)
    return show_endpoint(endpoint)


@router.post("/webhook_endpoints/{endpoint_id}/rotations", response={201: EndpointWithSecret})
def rotate_secret(
    request: ApiRequest, endpoint_id: str, body: NothingToSay
) -> Status[EndpointWithSecret]:
    """A new secret; for 24 hours messages are signed with the old one as well."""
    endpoint = queries.get_endpoint(request.actor, endpoint_id)
    actions.rotate_secret(endpoint, actor=request.actor, now=request.now)
    return Status(201, show_endpoint_with_secret(endpoint))


@router.post("/webhook_endpoints/{endpoint_id}/disablements", response={201: Endpoint})
def disable_endpoint(
    request: ApiRequest, endpoint_id: str, body: NewDisablement
) -> Status[Endpoint]:
    """Stop sending; what waits stays until the endpoint is enabled again."""
    endpoint = queries.get_endpoint(request.actor, endpoint_id)
    actions.disable_endpoint(endpoint, reason=body.reason, actor=request.actor, now=request.now)
    return Status(201, show_endpoint(endpoint))


@router.post("/webhook_endpoints/{endpoint_id}/enablements", response={201: Endpoint})
def enable_endpoint(request: ApiRequest, endpoint_id: str, body: NothingToSay) -> Status[Endpoint]:
    """Send again, beginning with what waited."""
    endpoint = queries.get_endpoint(request.actor, endpoint_id)
    actions.enable_endpoint(endpoint, actor=request.actor, now=request.now)
    return Status(201, show_endpoint(endpoint))


@router.post("/webhook_endpoints/{endpoint_id}/test_events", response={201: Delivery})
def send_test_event(request: ApiRequest, endpoint_id: str, body: NothingToSay) -> Status[Delivery]:
    """Send a message of type `endpoint.tested` to this endpoint alone."""
    endpoint = queries.get_endpoint(request.actor, endpoint_id)
    delivery = actions.send_test_event(endpoint, actor=request.actor, now=request.now)
    return Status(201, show_deliveries([delivery])[0])


@router.get("/deliveries", response=ListOf[Delivery])
def list_deliveries(request: ApiRequest, page: Query[DeliveryFilters]) -> ListOf[Delivery]:
    """Every delivery with its attempts and its last error, newest first."""
    found = queries.list_deliveries(
        request.actor, endpoint_id=page.endpoint, status=page.status or ""
    )
    return page_of(request, found, page, show_deliveries)


@router.post("/deliveries/{delivery_id}/replays", response={201: Delivery})
def replay_delivery(request: ApiRequest, delivery_id: str, body: NothingToSay) -> Status[Delivery]:
    """Send once more, under the same `webhook-id`."""
    delivery = queries.get_delivery(request.actor, delivery_id)
    actions.replay_delivery(delivery, actor=request.actor, now=request.now)
    return Status(201, show_deliveries([delivery])[0])
