"""Readings of the events: the feed of one thing, the audit trail of a company, the outbox."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from placet.events.models import Event


def list_feed(company_id: str, subjects: Sequence[str]) -> QuerySet[Event]:
    """What happened to these things (ids), oldest first."""
    return (
        Event.objects.filter(company_id=company_id, subject__in=subjects)
        .select_related("private")
        .order_by("seq")
    )


def list_audit(company_id: str) -> QuerySet[Event]:
    """Everything that happened in a company, newest first."""
    return Event.objects.filter(company_id=company_id).select_related("private").order_by("-seq")


def list_outbox(after_position: int, limit: int) -> list[Event]:
    """The events behind a position, in the order that all readers share."""
    return list(
        Event.objects.filter(place__position__gt=after_position)
        .select_related("place", "private")
        .order_by("place__position")[:limit]
    )
