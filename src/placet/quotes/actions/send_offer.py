"""A side speaks: its draft becomes an offer, which never changes."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.core.transaction import running, transaction
from placet.events.record import record
from placet.policy import negotiation
from placet.quotes.actions.lapse_release import lapse_releases
from placet.quotes.actions.release_offer import ask_release
from placet.quotes.content import FAULTS, OfferContent, make_offer, write_content
from placet.quotes.lifecycle import enter_quote, move_quote, require_seen
from placet.quotes.models import Offer, OfferRelease, Quote, Side
from placet.quotes.permissions import can_move_quote
from placet.quotes.reading import read_offer
from placet.quotes.sides import side_of


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


def _verb(quote: Quote, actor: Actor) -> str:
    if actor.is_merchant:
        return "offer"
    return "request" if quote.status == Quote.Status.DRAFT else "counter"
