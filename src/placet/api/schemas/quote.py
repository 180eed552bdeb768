"""Documents about quotes: each side reads what was sent, and its own draft."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal

from placet.api.schemas.base import (
    Answer,
    ClosedAction,
    Named,
    Person,
    Resourceful,
    UnitPrice,
    actions_of,
    frame,
    person,
)
from placet.companies.queries import get_merchant
from placet.core.actor import Actor
from placet.policy.negotiation import TURN
from placet.quotes import models
from placet.quotes.permissions import can_move_quote
from placet.quotes.queries import list_offers, list_taken
from placet.quotes.releases import list_waiting_releases

VERBS = ("request", "offer", "counter", "accept", "decline", "withdraw", "discard")


class QuoteSummary(Resourceful):
    """A negotiation in a list; ``turn`` is the side that moves next, nothing once it has ended."""

    object: Literal["quote"] = "quote"
    number: str
    name: str
    status: str
    turn: str | None
    company: Named
    requester: Person
    currency: str
    offer_number: int
    expires_on: date | None
    reason: str
    changed_at: datetime


class OfferLineShown(Answer):
    """A line of an offer; without a product it is something that the catalog does not have.

    ``is_taken`` says that it was accepted, and that nothing has ended that since.
    """

    number: int
    sku: str
    name: str
    quantity: int
    minimum_quantity: int
    unit_price: UnitPrice | None
    list_price: UnitPrice | None
    valid_until: date | None
    note: str
    is_taken: bool


class OfferShown(Answer):
    """One round. Accepting names its ``hash``; ``by`` is nobody's name on the other side."""

    object: Literal["offer"] = "offer"
    id: str
    created_at: datetime
    number: int
    side: str
    by: str
    is_whole: bool
    is_final: bool
    valid_until: date
    terms: str
    hash: str
    lines: list[OfferLineShown]


class Quote(QuoteSummary):
    """A negotiation with all its rounds, the first one first.

    ``release`` is an offer that waits to be released, ``assigned_to`` who of the desk answers: the
    merchant's people alone read either.
    """

    release: str | None
    assigned_to: Person | None
    offers: list[OfferShown]
    requisitions: list[str]
    allowed_actions: list[str]
    closed_actions: list[ClosedAction]


def show_quote_summaries(quotes: Sequence[models.Quote]) -> list[QuoteSummary]:
    """Quotes of a list, with company and requester loaded."""
    return [QuoteSummary(**_summary(quote)) for quote in quotes]


def show_quote(quote: models.Quote, actor: Actor) -> Quote:
    """One quote with what was said on both sides."""
    taken = list_taken(quote)
    return Quote(
        **_summary(quote),
        release=list_waiting_releases(actor)
        .filter(quote=quote)
        .values_list("pk", flat=True)
        .first(),
        assigned_to=person(quote.assigned_to) if actor.is_merchant and quote.assigned_to else None,
        offers=[_offer(offer, quote, actor, taken) for offer in list_offers(quote)],
        requisitions=list(
            quote.acceptances.order_by("created_at", "pk").values_list("requisition_id", flat=True)
        ),
        **actions_of({verb: can_move_quote(actor, quote, verb) for verb in VERBS}),
    )


def _summary(quote: models.Quote) -> dict[str, Any]:
    return {
        **frame(quote),
        "number": quote.number,
        "name": quote.name,
        "status": quote.status,
        "turn": TURN.get(quote.status),
        "company": Named(id=quote.company_id, name=quote.company.name),
        "requester": person(quote.requester),
        "currency": quote.currency,
        "offer_number": quote.offer_number,
        "expires_on": quote.expires_on,
        "reason": quote.reason,
        "changed_at": quote.changed_at,
    }


def _offer(offer: models.Offer, quote: models.Quote, actor: Actor, taken: Any) -> OfferShown:
    is_hidden = offer.side == models.Side.MERCHANT and not actor.is_merchant
    return OfferShown(
        id=offer.id,
        created_at=offer.created_at,
        number=offer.number,
        side=offer.side,
        by=get_merchant().name if is_hidden else offer.author.user.name,
        is_whole=offer.is_whole,
        is_final=offer.is_final,
        valid_until=offer.valid_until,
        terms=offer.terms,
        hash=offer.content_hash,
        lines=[
            OfferLineShown(
                number=line.number,
                sku=line.sku,
                name=line.name,
                quantity=line.quantity,
                minimum_quantity=line.minimum_quantity,
                unit_price=_price(line.unit_price_minor, line, quote.currency),
                list_price=_price(line.list_price_minor, line, quote.currency),
                valid_until=line.valid_until,
                note=line.note,
                is_taken=line.number in taken,
            )
            for line in sorted(offer.lines.all(), key=lambda line: line.number)
        ],
    )


def _price(minor: int | None, line: models.OfferLine, currency: str) -> UnitPrice | None:
    if minor is None:
        return None
    return UnitPrice(amount_minor=minor, currency=currency, price_quantity=line.price_quantity)
