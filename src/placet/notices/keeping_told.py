"""Who is told when a customer answers whether the merchant keeps its rules: whoever asked."""

from __future__ import annotations

from collections.abc import Iterable

from placet.events.models import Event
from placet.notices.tellings import Payload, Telling


def tell_who_asked_to_keep(event: Event, payload: Payload) -> Iterable[Telling]:
    """The merchant's person who asked; what a key of the store asked is answered to nobody."""
    if asked_by := payload.get("asked_by", ""):
        yield Telling(asked_by, "keeping_answered", event.subject)
