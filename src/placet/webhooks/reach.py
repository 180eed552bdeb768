"""Which events an endpoint may know of: asked of one event as it happens, or of all at once.

Webhooks, replays and ``GET /events`` stand on the same lists in ``content``, so that whoever
catches up reads exactly what would have been sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from placet.companies.models import Company
from placet.events.models import Event
from placet.webhooks.content import (
    PUBLISHED,
    TOLD_TO_MERCHANT,
    UNDOABLE,
    UNSENT,
    is_published,
    is_told_to_merchant,
    noun_of,
)
from placet.webhooks.models import Endpoint


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


def events_for(endpoint: Endpoint) -> QuerySet[Event]:
    """Every placed event that ``is_wanted`` by this endpoint, in the order of the outbox."""
    reach = own_events(endpoint.company_id)
    if endpoint.company.kind == Company.Kind.MERCHANT:
        reach |= customers_events(endpoint.company_id)
    types = Q()
    for wanted in endpoint.event_types:
        noun, _dot, verb = wanted.partition(".")
        types |= Q(type__startswith=f"{noun}.") if verb == "*" else Q(type=wanted)
    return in_outbox(Event.objects.filter(reach, types))


def events_since(
    endpoint: Endpoint, *, since: datetime | None = None, position: int = 0
) -> QuerySet[Event]:
    """What ``replay_events`` sends: events at or after ``since``, behind ``position``, in order."""
    moment = Q() if since is None else Q(created_at__gte=since)
    return events_for(endpoint).filter(moment, place__position__gt=position)


def own_events(company_id: str) -> Q:
    """What leaves of a company's own events."""
    return _about(PUBLISHED) & ~Q(type__in=UNDOABLE) & Q(company_id=company_id)


def customers_events(merchant_id: str) -> Q:
    """What the merchant is told of other companies' events."""
    told = _about(TOLD_TO_MERCHANT) & ~Q(type__in=UNDOABLE | UNSENT)
    return told & ~Q(company_id=merchant_id)


def in_outbox(events: QuerySet[Event]) -> QuerySet[Event]:
    """Events that have their place, in its order."""
    return events.filter(place__isnull=False).select_related("place").order_by("place__position")


def with_sequence(events: QuerySet[Event]) -> QuerySet[Event]:
    """Each with ``sequence``: its place among all events about the same thing, counted from 1."""
    before = (
        Event.objects.filter(
            company_id=OuterRef("company_id"), subject=OuterRef("subject"), seq__lte=OuterRef("seq")
        )
        .order_by()
        .values("subject")
        .annotate(number=Count("id"))
        .values("number")
    )
    return events.annotate(sequence=Coalesce(Subquery(before, output_field=IntegerField()), 1))


def sequences_of(events: Sequence[Event]) -> dict[str, int]:
    """The sequence of each of these events by its id, in one query."""
    rows = with_sequence(Event.objects.filter(pk__in=[event.pk for event in events]))
    return {row.pk: row.sequence for row in rows.only("pk")}  # type: ignore[attr-defined]


def _about(nouns: Iterable[str]) -> Q:
    found = Q(pk=None)
    for noun in sorted(nouns):
        found |= Q(type__startswith=f"{noun}.")
    return found
