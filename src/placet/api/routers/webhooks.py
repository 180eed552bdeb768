"""Endpoints that are told about events, and every single delivery."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja.responses import Status
from pydantic import Field, StringConstraints

from placet.api.call import ApiRequest
from placet.api.paging import Page, page_of
from placet.api.schemas.base import LARGEST, Identifier, ListOf, Wish
from placet.api.schemas.webhook import (
    Delivery,
    DeliveryWithAttempts,
    Endpoint,
    EndpointWithSecret,
    EventReplay,
    show_deliveries,
    show_delivery,
    show_endpoint,
    show_endpoint_with_secret,
)
from placet.api.schemas.words import Moment
from placet.api.versions import require_version, tag
from placet.core.errors import InvalidInput
from placet.core.transaction import transaction
from placet.webhooks import actions, models, queries
from placet.webhooks.actions.replay_events import Replayed

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


EventType = Annotated[str, StringConstraints(max_length=60, pattern=r"^[a-z_]+\.([a-z_]+|\*)$")]


class EndpointChange(Wish):
    """What is said is changed; an empty list of types means all."""

    url: Annotated[str, StringConstraints(min_length=1, max_length=2000)] | None = None
    event_types: (
        Annotated[list[Annotated[str, StringConstraints(max_length=100)]], Field(max_length=100)]
        | None
    ) = None
    status: Literal["active", "disabled"] | None = None


class NewReplay(Wish):
    """One of the three: an instant, the position behind which to begin, or one delivery."""

    since: Moment | None = None
    position: Annotated[int, Field(ge=0, le=LARGEST)] | None = None
    delivery: Identifier | None = None


class SentFilters(Page):
    """Deliveries in one state, of one type of event or all of a kind, made since an instant."""

    status: Literal["waiting", "delivered", "failed"] | None = None
    event_type: EventType | None = None
    since: Annotated[Moment | None, Field(description="made at this instant or later")] = None


class DeliveryFilters(SentFilters):
    """The same, of one endpoint."""

    endpoint: Annotated[str, Field(max_length=40)] = ""


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


@router.patch("/webhook_endpoints/{endpoint_id}", response=Endpoint)
def change_endpoint(request: ApiRequest, endpoint_id: str, body: EndpointChange) -> Endpoint:
    """Change its address, what it hears, or switch it off and on; needs If-Match."""
    endpoint = queries.get_endpoint(request.actor, endpoint_id)
    require_version(request, endpoint.version)
    _change(request, endpoint, body)
    tag(request, endpoint.version)
    return show_endpoint(endpoint)


@transaction
def _change(request: ApiRequest, endpoint: models.Endpoint, body: EndpointChange) -> None:
    who: dict[str, Any] = {"actor": request.actor, "now": request.now}
    actions.change_endpoint(
        endpoint, version=endpoint.version, url=body.url, event_types=body.event_types, **who
    )
    if body.status is None or body.status == endpoint.status:
        return
    switch = actions.enable_endpoint if body.status == "active" else actions.disable_endpoint
    switch(endpoint, **who)


@router.post("/webhook_endpoints/{endpoint_id}/replays", response={201: EventReplay})
def replay_events(request: ApiRequest, endpoint_id: str, body: NewReplay) -> Status[EventReplay]:
    """Send again what it may know and wants to hear, at most 1,000 events at a time.

    Whether it arrived or not, and what was never sent too; always under the same `webhook-id`. It
    can go back to the first event: deliveries are forgotten, events never.
    """
    endpoint = queries.get_endpoint(request.actor, endpoint_id)
    asked = [one for one in (body.since, body.position, body.delivery) if one is not None]
    if len(asked) != 1:
        raise InvalidInput("since", "one_of", _("Say one: since, position or delivery."))
    who: dict[str, Any] = {"actor": request.actor, "now": request.now}
    if body.delivery is not None:
        delivery = queries.get_delivery(request.actor, body.delivery, endpoint_id=endpoint.pk)
        actions.replay_delivery(delivery, **who)
        replayed = Replayed(1, delivery.position, has_more=False)
    else:
        replayed = actions.replay_events(
            endpoint, since=body.since, position=body.position or 0, **who
        )
    return Status(201, EventReplay(endpoint=endpoint.pk, **replayed._asdict()))


@router.get("/webhook_endpoints/{endpoint_id}/deliveries", response=ListOf[Delivery])
def list_endpoint_deliveries(
    request: ApiRequest, endpoint_id: str, page: Query[SentFilters]
) -> ListOf[Delivery]:
    """Every delivery to one endpoint, newest first."""
    endpoint = queries.get_endpoint(request.actor, endpoint_id)
    return _deliveries(request, page, endpoint.pk)


@router.post("/webhook_endpoints/{endpoint_id}/rotations", response={201: EndpointWithSecret})
def rotate_secret(
    request: ApiRequest, endpoint_id: str, body: NothingToSay
) -> Status[EndpointWithSecret]:
    """A new secret; for 24 hours messages are signed with the old one as well."""
    endpoint = queries.get_endpoint(request.actor, endpoint_id)
    actions.rotate_secret(endpoint, version=endpoint.version, actor=request.actor, now=request.now)
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
    return _deliveries(request, page, page.endpoint)


@router.get("/deliveries/{delivery_id}", response=DeliveryWithAttempts)
def get_delivery(request: ApiRequest, delivery_id: str) -> DeliveryWithAttempts:
    """One delivery with every request and answer of the last thirty days."""
    delivery = queries.get_delivery(request.actor, delivery_id)
    return show_delivery(delivery, list(queries.list_attempts([delivery])))


@router.post("/deliveries/{delivery_id}/replays", response={201: Delivery})
def replay_delivery(request: ApiRequest, delivery_id: str, body: NothingToSay) -> Status[Delivery]:
    """Send once more, under the same `webhook-id`."""
    delivery = queries.get_delivery(request.actor, delivery_id)
    actions.replay_delivery(delivery, actor=request.actor, now=request.now)
    return Status(201, show_deliveries([delivery])[0])


def _deliveries(request: ApiRequest, page: SentFilters, endpoint_id: str) -> ListOf[Delivery]:
    found = queries.list_deliveries(
        request.actor,
        endpoint_id=endpoint_id,
        status=page.status or "",
        event_type=page.event_type or "",
        since=page.since,
    )
    return page_of(request, found, page, show_deliveries)
