"""Endpoints as their page tells them, and the events that one may choose."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Count, Max, Q

from placet.core.actor import Actor
from placet.web.audit.sentences import KINDS, SENTENCES
from placet.web.webhooks.words import Health, health_of
from placet.webhooks.content import PUBLISHED, is_published
from placet.webhooks.models import Delivery, Endpoint
from placet.webhooks.queries import list_endpoints


class EndpointRow(NamedTuple):
    """An endpoint with what became of its messages; ``types`` is empty for every event."""

    endpoint: Endpoint
    types: list[str]
    delivered: int
    waiting: int
    failed: int
    trouble: str
    health: Health


class EventKind(NamedTuple):
    """A kind of thing with the events about it; ``all_of_it`` is the name for all of them."""

    label: str
    all_of_it: str
    is_chosen: bool
    types: list[tuple[str, bool]]

    @property
    def has_single(self) -> bool:
        """Whether single ones of them are chosen, which are then shown at once."""
        return any(is_chosen for _name, is_chosen in self.types)


def list_rows(actor: Actor) -> list[EndpointRow]:
    """The endpoints of the company in three queries, however many there are."""
    return rows_of(list(list_endpoints(actor)))


def rows_of(endpoints: list[Endpoint]) -> list[EndpointRow]:
    """What became of the messages of these endpoints, in two queries."""
    counts = {
        row["endpoint_id"]: row
        for row in Delivery.objects.filter(endpoint__in=[e.pk for e in endpoints])
        .order_by()
        .values("endpoint_id")
        .annotate(
            delivered=Count("id", filter=Q(status=Delivery.Status.DELIVERED)),
            waiting=Count("id", filter=Q(status=Delivery.Status.WAITING)),
            failed=Count("id", filter=Q(status=Delivery.Status.FAILED)),
            last=Max("id", filter=~Q(last_error="")),
        )
    }
    last = [row["last"] for row in counts.values() if row["last"]]
    rows = Delivery.objects.filter(pk__in=last).only("endpoint_id", "last_error", "last_status")
    troubles = {row.endpoint_id: row.trouble for row in rows}
    return [_row(endpoint, counts.get(endpoint.pk), troubles) for endpoint in endpoints]


def last_arrival(endpoint: Endpoint) -> datetime | None:
    """When something arrived there last."""
    arrived = endpoint.deliveries.filter(status=Delivery.Status.DELIVERED)
    last: datetime | None = arrived.aggregate(last=Max("delivered_at"))["last"]
    return last


def offered_events(chosen: list[str]) -> list[EventKind]:
    """Every event that leaves, by the thing that it is about."""
    names = sorted(filter(is_published, {name.partition(" ")[0] for name in SENTENCES}))
    return [
        EventKind(
            str(label),
            f"{noun}.*",
            f"{noun}.*" in chosen,
            [(n, n in chosen) for n in names if n.startswith(f"{noun}.")],
        )
        for noun, (label, _icon) in KINDS.items()
        if noun in PUBLISHED
    ]


def list_event_names() -> list[str]:
    """The names that an endpoint may ask for: single events, and all of a kind."""
    offered = offered_events([])
    return [kind.all_of_it for kind in offered] + [
        name for kind in offered for name, _chosen in kind.types
    ]


def _row(
    endpoint: Endpoint, counts: Mapping[str, Any] | None, troubles: Mapping[str, str]
) -> EndpointRow:
    told = counts or {"delivered": 0, "waiting": 0, "failed": 0}
    return EndpointRow(
        endpoint,
        list(endpoint.event_types),
        told["delivered"],
        told["waiting"],
        told["failed"],
        troubles.get(endpoint.pk, ""),
        health_of(endpoint),
    )
