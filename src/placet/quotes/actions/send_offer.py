"""A side speaks: its draft becomes an offer, which never changes."""

from __future__ import annotations

from datetime import datetime

from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.core.transaction import transaction
from placet.quotes.content import FAULTS, write_content
from placet.quotes.gate import ask_release
from placet.quotes.lapsing import lapse_releases
from placet.quotes.lifecycle import enter_quote, require_seen
from placet.quotes.models import Offer, OfferRelease, Quote
from placet.quotes.permissions import can_move_quote
from placet.quotes.sides import side_of
from placet.quotes.speaking import speak


@transaction
def send_offer(
    quote: Quote, *, offer_number: int, actor: Actor, now: datetime
) -> Offer | OfferRelease:
    """Say to the other side what was drafted: a request, an offer or a counter-offer.

    ``offer_number`` is that of the last offer that the actor saw. An offer of the merchant's that
    is beyond its author's authority is not made yet: it waits to be released, and that is what
    comes back. Raises ``QuoteMoved`` when the other side spoke meanwhile, ``InvalidInput`` for what
    an offer needs and the draft lacks, ``OfferBlocked`` for what the merchant's rules forbid.
    """
    locked = enter_quote(quote, actor=actor)
    verb = _verb(locked, actor)
    refuse(can_move_quote(actor, locked, verb))
    require_seen(locked, offer_number)
    draft = locked.drafts.filter(side=side_of(actor)).select_related("changed_by").first()
    if draft is None:
        raise InvalidInput("lines", "no_lines", str(FAULTS["no_lines"]))
    said = write_content(locked, draft, now=now)
    lapse_releases(locked, "replaced" if actor.is_merchant else "moved", actor=actor, now=now)
    if actor.is_merchant:
        release = ask_release(locked, said, draft, actor=actor, now=now)
        if release is not None and release.status == OfferRelease.Status.WAITING:
            return release
    offer = speak(locked, said, verb=verb, actor=actor, now=now)
    draft.delete()
    return offer


def _verb(quote: Quote, actor: Actor) -> str:
    if actor.is_merchant:
        return "offer"
    return "request" if quote.status == Quote.Status.DRAFT else "counter"
