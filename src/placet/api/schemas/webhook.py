"""Documents about what leaves: events, endpoints, deliveries."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from placet.api.schemas.base import Answer, Resourceful, frame
from placet.events.models import Event as EventRow
from placet.webhooks import models
from placet.webhooks.content import body_for_company, body_for_merchant


class Event(Answer):
    """A fact; ``type``, ``timestamp``, ``sequence`` and ``data`` are those of its webhook."""

    object: Literal["event"] = "event"
    id: str
    position: int
    type: str
    timestamp: datetime
    sequence: int
    data: dict[str, Any]


class EventList(Answer):
    """Events behind a position, in the order that all readers share.

    Ask again with ``after=next_position``; with nothing new it stays what it was.
    """

    object: Literal["list"] = "list"
    data: list[Event]
    has_more: bool
    next_position: int


class Endpoint(Resourceful):
    """An address that is told about events; an empty list of types means all."""

    object: Literal["webhook_endpoint"] = "webhook_endpoint"
    url: str
    event_types: list[str]
    status: str
    disabled_reason: str


class EndpointWithSecret(Endpoint):
    """An endpoint with the secret that signs its messages, shown this once."""

    secret: str


class Delivery(Answer):
    """One event on its way to one endpoint."""

    object: Literal["delivery"] = "delivery"
    id: str
    created_at: datetime
    endpoint: str
    event: str
    event_type: str
    status: str
    attempts: int
    next_attempt_at: datetime
    last_status: int | None
    last_error: str
    delivered_at: datetime | None
    body: dict[str, Any]


def show_events(events: Sequence[EventRow], company_id: str) -> list[Event]:
    """Events of ``list_events_after`` for a company; another company's as the merchant may."""
    return [_event(event, company_id) for event in events]


def show_endpoint(endpoint: models.Endpoint) -> Endpoint:
    """An endpoint without its secret."""
    return Endpoint(**_endpoint(endpoint))


def show_endpoint_with_secret(endpoint: models.Endpoint) -> EndpointWithSecret:
    """An endpoint at the moment when its secret is new."""
    return EndpointWithSecret(**_endpoint(endpoint), secret=endpoint.secret)


def show_deliveries(deliveries: Sequence[models.Delivery]) -> list[Delivery]:
    """Deliveries with the exact content that they carry."""
    return [
        Delivery(
            id=delivery.id,
            created_at=delivery.created_at,
            endpoint=delivery.endpoint_id,
            event=delivery.event_id,
            event_type=delivery.event_type,
            status=delivery.status,
            attempts=delivery.attempts,
            next_attempt_at=delivery.next_attempt_at,
            last_status=delivery.last_status,
            last_error=delivery.last_error,
            delivered_at=delivery.delivered_at,
            body=json.loads(delivery.body),
        )
        for delivery in deliveries
    ]


def _event(event: EventRow, company_id: str) -> Event:
    write = body_for_company if event.company_id == company_id else body_for_merchant
    body = json.loads(write(event, event.sequence))  # type: ignore[attr-defined]
    return Event(id=event.id, position=event.place.position, **body)


def _endpoint(endpoint: models.Endpoint) -> dict[str, Any]:
    return {
        **frame(endpoint),
        "url": endpoint.url,
        "event_types": endpoint.event_types,
        "status": endpoint.status,
        "disabled_reason": endpoint.disabled_reason,
    }
