"""Giving events their position in the outbox, and remembering how far a reader has come."""

from __future__ import annotations

from placet.core.transaction import transaction
from placet.events.models import Event, EventPending, EventPosition, Reader


@transaction
def place_events(*, limit: int = 500) -> int:
    """Hand out positions to events that have none; returns how many.

    One dispatcher at a time: the row of the reader ``dispatcher`` is locked first. Within a company
    positions follow ``seq``: the head's lock makes seq k durable before k + 1 exists.
    """
    Reader.objects.get_or_create(name="dispatcher")
    Reader.objects.select_for_update().get(name="dispatcher")
    waiting = list(
        EventPending.objects.order_by("event__seq", "event__company_id").values_list(
            "event_id", flat=True
        )[:limit]
    )
    events = sorted(
        Event.objects.filter(pk__in=waiting), key=lambda event: (event.company_id, event.seq)
    )
    EventPosition.objects.bulk_create(EventPosition(event=event) for event in events)
    EventPending.objects.filter(event_id__in=waiting).delete()
    return len(events)


def lock_reader(name: str) -> Reader:
    """The reader's row, locked until the transaction ends: one of its kind reads at a time."""
    Reader.objects.get_or_create(name=name)
    return Reader.objects.select_for_update().get(name=name)
