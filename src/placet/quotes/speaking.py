"""An offer is made, and the turn goes to the other side."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from placet.core.actor import Actor
from placet.core.transaction import running
from placet.events.record import record
from placet.policy import negotiation
from placet.quotes.content import OfferContent, make_offer
from placet.quotes.lifecycle import move_quote
from placet.quotes.models import Offer, Quote, Side
from placet.quotes.reading import read_offer


def speak(locked: Quote, said: OfferContent, *, verb: str, actor: Actor, now: datetime) -> Offer:
    """Make the offer, and hand the turn to the other side; the quote is locked and was checked."""
    running()
    offer = make_offer(locked, said, author_id=actor.member_id, now=now)
    values = {"offer_number": offer.number, "reason": ""}
    if offer.side == Side.MERCHANT:
        values["expires_on"] = negotiation.expires_after(read_offer(offer))
    if verb == "request":
        values["requested_at"] = now
    move_quote(locked, verb=verb, now=now, **values)
    record(
        f"quote.{EVENTS[verb]}",
        locked.pk,
        actor=actor,
        now=now,
        company_id=locked.company_id,
        quote=locked.pk,
        number=locked.number,
        offer=offer.pk,
        offer_number=offer.number,
        hash=offer.content_hash,
        is_final=offer.is_final,
    )
    return offer


EVENTS: Final = {"request": "requested", "offer": "offered", "counter": "countered"}
