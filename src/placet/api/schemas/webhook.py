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
from placet.webhooks.shops import shop_ids_of


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
    """An address that is told about events; an empty list of types means all.

    ``failing_since`` is when nothing arrived any more, ``previous_secret_until`` how long messages
    are signed with the secret before as well. ``disabled_reason`` is `receiver_gone`,
    `nothing_arrived`, or somebody's own words.
    """

    object: Literal["webhook_endpoint"] = "webhook_endpoint"
    url: str
    event_types: list[str]
    status: str
    disabled_reason: str
    failing_since: datetime | None
    previous_secret_until: datetime | None


class EndpointWithSecret(Endpoint):
    """An endpoint with the secret that signs its messages, shown this once."""

    secret: str


class Delivery(Answer):
    """One event on its way to one endpoint.

    ``last_error`` is a code of why the last attempt came to nothing, such as `name_unknown`,
    `certificate_expired`, `answer_late`, or `not_accepted` with the answer in ``last_status``.
    """

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


class DeliveryAttempt(Answer):
    """One request and what came back; kept for thirty days.

    ``status`` is null where nobody answered; ``error`` is the code of why it came to nothing.
    ``answer`` is the beginning of what came back, as text.
    """

    number: int
    tried_at: datetime
    milliseconds: int
    request_headers: dict[str, str]
    status: int | None
    error: str
    answer_headers: dict[str, str]
    answer: str


class DeliveryWithAttempts(Delivery):
    """A delivery with every request and answer that is still kept, the latest first."""

    attempt_log: list[DeliveryAttempt]


class EventReplay(Answer):
    """How many events are on their way again; with ``has_more``, go on behind ``position``."""

    object: Literal["event_replay"] = "event_replay"
    endpoint: str
    events: int
    position: int
    has_more: bool


def show_delivery(
    delivery: models.Delivery, attempts: Sequence[models.DeliveryAttempt]
) -> DeliveryWithAttempts:
    """One delivery with its attempts."""
    (shown,) = show_deliveries([delivery])
    return DeliveryWithAttempts(
        **shown.model_dump(),
        attempt_log=[
            DeliveryAttempt(
                number=row.number,
                tried_at=row.created_at,
                milliseconds=row.milliseconds,
                request_headers=row.request_headers,
                status=row.status,
                error=row.error,
                answer_headers=row.answer_headers,
                answer=row.answer,
            )
            for row in attempts
        ],
    )


def show_events(events: Sequence[EventRow], company_id: str) -> list[Event]:
    """Events of ``list_events_after`` for a company; another company's as the merchant may."""
    shop_ids = shop_ids_of([event for event in events if event.company_id != company_id])
    return [_event(event, company_id, shop_ids.get(event.pk, "")) for event in events]


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


def _event(event: EventRow, company_id: str, shop_id: str) -> Event:
    sequence: int = event.sequence  # type: ignore[attr-defined]
    is_own = event.company_id == company_id
    own = body_for_company(event, sequence) if is_own else ""
    body = json.loads(own or body_for_merchant(event, sequence, shop_id))
    return Event(id=event.id, position=event.place.position, **body)


def _endpoint(endpoint: models.Endpoint) -> dict[str, Any]:
    return {
        **frame(endpoint),
        "url": endpoint.url,
        "event_types": endpoint.event_types,
        "status": endpoint.status,
        "disabled_reason": endpoint.disabled_reason,
        "failing_since": endpoint.failing_since,
        "previous_secret_until": endpoint.previous_secret_until,
    }
