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
from placet.webhooks.content import body_for_company, body_for_merchant
from placet.webhooks.models import Delivery, Endpoint
from placet.webhooks.reach import is_wanted, sequences_of
from placet.webhooks.shops import shop_ids_of

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
    told = [(e, endpoint) for e in events for endpoint in endpoints if is_wanted(e, endpoint)]
    write_deliveries(told, now)
    reader.position = events[-1].place.position
    reader.save(update_fields=["position"])
    return len(events)


def _endpoints_for(events: Sequence[Event]) -> list[Endpoint]:
    companies = {event.company_id for event in events}
    return list(
        Endpoint.objects.filter(
            Q(company_id__in=companies) | Q(company__kind=Company.Kind.MERCHANT),
            status=Endpoint.Status.ACTIVE,
        ).select_related("company")
    )


def write_deliveries(told: Sequence[tuple[Event, Endpoint]], now: datetime) -> None:
    """A row for each event and endpoint that has none yet, due at ``now``."""
    if not told:
        return
    events = [event for event, _endpoint in told]
    sequences, shop_ids = sequences_of(events), shop_ids_of(events)
    Delivery.objects.bulk_create(
        [
            _delivery(event, endpoint, sequences[event.pk], shop_ids.get(event.pk, ""), now)
            for event, endpoint in told
        ],
        ignore_conflicts=True,
    )


def _delivery(
    event: Event, endpoint: Endpoint, sequence: int, shop_id: str, now: datetime
) -> Delivery:
    is_own = endpoint.company_id == event.company_id
    own = body_for_company(event, sequence) if is_own else ""
    return Delivery(
        created_at=now,
        endpoint=endpoint,
        event_id=event.id,
        event_type=event.type,
        position=event.place.position,
        body=own or body_for_merchant(event, sequence, shop_id),
        next_attempt_at=now,
    )
