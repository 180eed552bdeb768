"""How much the desk has to do: by whoever answers for it."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Count, Q

from placet.core.actor import Actor
from placet.quotes.models import Quote
from placet.quotes.queries import list_quotes

OUR_TURN = (Quote.Status.REQUESTED, Quote.Status.COUNTERED)
OPEN = (*OUR_TURN, Quote.Status.OFFERED)


class Load(NamedTuple):
    """Open negotiations of one of the desk's people; nobody's where the member is empty."""

    member_id: str
    name: str
    waiting: int
    open: int


def list_load(actor: Actor) -> list[Load]:
    """Who answers how many open quotes, the most first; one query, for the merchant's desk."""
    if not actor.is_merchant:
        return []
    rows = (
        list_quotes(actor)
        .order_by()
        .filter(status__in=OPEN)
        .values("assigned_to", "assigned_to__user__name")
        .annotate(waiting=Count("pk", filter=Q(status__in=OUR_TURN)), open=Count("pk"))
    )
    found = [
        Load(
            row["assigned_to"] or "",
            row["assigned_to__user__name"] or "",
            row["waiting"],
            row["open"],
        )
        for row in rows
    ]
    return sorted(found, key=lambda load: (-load.waiting, -load.open, load.name))
