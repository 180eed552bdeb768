"""Who did what to a cart and its lines: for those who look at it at the same time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from placet.carts.models import Cart, CartLine
from placet.catalog.models import Product
from placet.companies.models import Member
from placet.core.actor import Actor
from placet.events.models import Event


class LastChange(NamedTuple):
    """The last thing that was done to a cart; ``who`` is empty where no member did it.

    ``kind`` is the event's name. Where it is about one line, ``name`` and ``quantity`` are its.
    """

    who: str
    is_own: bool
    at: datetime
    kind: str
    name: str
    quantity: int | None


class LineHistory(NamedTuple):
    """Who put a line in and who set its quantity last, and when; ``changed_by`` may be nobody."""

    added_by: str
    added_by_id: str
    added_at: datetime
    changed_by: str
    changed_by_id: str
    changed_at: datetime | None


def find_last_change(cart: Cart, *, reader: Actor) -> LastChange | None:
    """The last event of a cart in three queries."""
    event = Event.objects.filter(subject=cart.pk, type__startswith="cart.").order_by("-seq").first()
    if event is None:
        return None
    payload = json.loads(event.payload)
    member = Member.objects.filter(pk=event.actor_member).select_related("user").first()
    sku = payload.get("sku", "")
    name = Product.objects.filter(sku=sku).values_list("name", flat=True).first() if sku else ""
    return LastChange(
        member.user.name if member else "",
        event.actor_member == reader.member_id,
        event.created_at,
        event.type,
        name or "",
        payload.get("quantity"),
    )


def list_line_histories(cart: Cart) -> Mapping[str, LineHistory]:
    """The histories of all lines by their ids; one query."""
    rows = CartLine.objects.filter(cart=cart).values_list(
        *("pk", "added_by__user__name", "added_by_id", "created_at"),
        *("changed_by__user__name", "changed_by_id", "changed_at"),
    )
    return {
        pk: LineHistory(added_by, added_by_id, added_at, changed_by or "", changed_by_id or "", at)
        for pk, added_by, added_by_id, added_at, changed_by, changed_by_id, at in rows
    }
