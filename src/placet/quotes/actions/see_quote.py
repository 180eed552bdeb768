"""A side has looked at the last offer: an access row, and nothing else."""

from __future__ import annotations

from datetime import datetime

from placet.core.actor import Actor
from placet.quotes.models import OfferSeen, Quote
from placet.quotes.permissions import can_negotiate
from placet.quotes.sides import side_of


def see_quote(quote: Quote, *, actor: Actor, now: datetime) -> None:
    """Note that somebody who could answer has opened the quote; the first look at each round."""
    if quote.offer_number == 0 or can_negotiate(actor, quote) is not None:
        return
    seen = {"offer_number": quote.offer_number, "seen_at": now}
    row, is_new = OfferSeen.objects.get_or_create(
        quote=quote, side=side_of(actor), defaults={"created_at": now, **seen}
    )
    if not is_new and row.offer_number < quote.offer_number:
        older = OfferSeen.objects.filter(pk=row.pk, offer_number__lt=quote.offer_number)
        older.update(**seen)
