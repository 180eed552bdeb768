"""The reader ``webhooks`` of the outbox: one delivery for each event and endpoint that wants it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from placet.companies.models import Company
from placet.core.transaction import transaction
from placet.events.actions import lock_reader
from placet.events.models import Event, EventPosition, Reader
from placet.events.queries import list_outbox
from placet.webhooks.content import (
    body_for_company,
    body_for_merchant,
    is_published,
    is_told_to_merchant,
    noun_of,
)
from placet.webhooks.models import Delivery, Endpoint

READER = "webhooks"
BATCH = 200


def read_outbox(*, now: datetime) -> int:
    """Make the deliveries of the next events and move on; returns how many events were read.

    The rows and the reader's position are written together, so an event is neither lost nor sent
    twice. ``now`` is real time: the first attempt is due at once.
    """
    return _read(now=now) if _has_news() else 0


def _has_news() -> bool:
    """A look without a lock, so that an idle installation writes nothing."""
    reader = Reader.objects.filter(name=READER).first()
    position = reader.position if reader else 0
    return EventPosition.objects.filter(position__gt=position).exists()


@transaction
def _read(*, now: datetime) -> int:
    reader = lock_reader(READER)
    events = list_outbox(reader.position, BATCH)
    if not events:
        return 0
    endpoints = _endpoints_for(events)
    Delivery.objects.bulk_create(
        [
            _delivery(event, endpoint, now)
            for event in events
            for endpoint in endpoints
            if is_wanted(event, endpoint)
        ],
        ignore_conflicts=True,
    )
    reader.position = events[-1].place.position
    reader.save(update_fields=["position"])
    return len(events)


def is_wanted(event: Event, endpoint: Endpoint) -> bool:
    """Whether an endpoint may know of an event, and asked for its type (an empty list: all)."""
    if not is_published(event.type):
        return False
    if endpoint.company_id != event.company_id:
        is_merchants = endpoint.company.kind == Company.Kind.MERCHANT
        if not is_merchants or not is_told_to_merchant(event):
            return False
    wanted = endpoint.event_types
    return not wanted or event.type in wanted or f"{noun_of(event.type)}.*" in wanted


def sequence_of(event: Event) -> int:
    """The place of an event among all events about the same thing, counted from 1."""
    return Event.objects.filter(
        company_id=event.company_id, subject=event.subject, seq__lte=event.seq
    ).count()


def _endpoints_for(events: Sequence[Event]) -> list[Endpoint]:
    companies = {event.company_id for event in events}
    return list(
        Endpoint.objects.filter(
            Q(company_id__in=companies) | Q(company__kind=Company.Kind.MERCHANT),
            status=Endpoint.Status.ACTIVE,
        ).select_related("company")
    )


def _delivery(event: Event, endpoint: Endpoint, now: datetime) -> Delivery:
    is_own = endpoint.company_id == event.company_id
    body = body_for_company if is_own else body_for_merchant
    return Delivery(
        created_at=now,
        endpoint=endpoint,
        event_id=event.id,
        event_type=event.type,
        position=event.place.position,
        body=body(event, sequence_of(event)),
        next_attempt_at=now,
    )
