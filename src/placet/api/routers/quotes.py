"""Quotes: requests, offers of both sides, acceptance as a cart at the offered prices."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from ninja import Query, Router
from ninja.responses import Status
from pydantic import Field, StringConstraints

from placet.api.call import ApiRequest
from placet.api.paging import Page, page_of
from placet.api.routers.steps import Hash
from placet.api.schemas.base import LARGEST, Answer, ListOf, Wish
from placet.api.schemas.cart import Cart, show_cart
from placet.api.schemas.quote import Quote, QuoteSummary, show_quote, show_quote_summaries
from placet.api.versions import require_version, tag
from placet.carts.pricing import price_cart
from placet.carts.queries import get_cart
from placet.core.transaction import transaction
from placet.quotes import actions, models, queries
from placet.quotes.drafting import DraftLine
from placet.quotes.from_elsewhere import lines_of_cart

router = Router(tags=["quotes"])
Day = Annotated[date, Field(strict=False)]
Quantity = Annotated[int, Field(ge=1, le=10**15)]


class QuoteFilters(Page):
    """Quotes in one state."""

    status: (
        Literal[
            "draft", "requested", "offered", "countered", "accepted",
            "declined", "withdrawn", "expired",
        ]
        | None
    ) = None  # fmt: skip


class NewOfferLine(Wish):
    """A line of a request or an offer; without a SKU ``name`` says what is wanted.

    A line keeps its ``number`` from round to round; 0 is a new line.
    """

    number: Annotated[int, Field(ge=0, le=10**6)] = 0
    sku: Annotated[str, StringConstraints(max_length=64)] = ""
    name: Annotated[str, StringConstraints(max_length=400)] = ""
    quantity: Quantity
    minimum_quantity: Annotated[int, Field(ge=0, le=10**15)] = 0
    unit_price_minor: Annotated[int, Field(ge=0, le=LARGEST)] | None = None
    valid_until: Day | None = None
    note: Annotated[str, StringConstraints(max_length=1000)] = ""


Lines = Annotated[list[NewOfferLine], Field(min_length=1, max_length=500)]


class NewQuote(Wish):
    """A request; it is sent at once unless ``is_draft``."""

    name: Annotated[str, StringConstraints(max_length=200)]
    lines: Lines
    valid_until: Day | None = None
    is_draft: bool = False


class NewQuoteRequest(Wish):
    """A request for what lies in a cart; it is sent at once unless ``is_draft``."""

    is_draft: bool = False


class NewOffer(Wish):
    """A round, by whose turn it is; ``offer_number`` is that of the last offer that was seen."""

    offer_number: Annotated[int, Field(ge=0, le=10**6)]
    lines: Lines
    is_whole: bool = True
    is_final: bool = False
    valid_until: Day | None = None
    terms: Annotated[str, StringConstraints(max_length=40)] = ""


class ChosenLine(Wish):
    """So many of a line."""

    number: Annotated[int, Field(ge=1, le=10**6)]
    quantity: Quantity


class NewQuoteCart(Wish):
    """What is taken of the offer with this hash; without lines everything that is still open."""

    offer_hash: Hash
    lines: Annotated[list[ChosenLine], Field(max_length=500)] | None = None


class NewDeclining(Wish):
    """Why, for the other side to read."""

    offer_number: Annotated[int, Field(ge=0, le=10**6)]
    reason: Annotated[str, StringConstraints(max_length=2000)]


class NewQuoteWithdrawal(Wish):
    """Why, for the other side to read; it may stay empty."""

    reason: Annotated[str, StringConstraints(max_length=2000)] = ""


class NewMessage(Wish):
    """Something to say to the other side."""

    text: Annotated[str, StringConstraints(max_length=20_000)]


class Message(Answer):
    """Something that was said to the other side."""

    object: Literal["message"] = "message"
    id: str
    thread: str
    text: str


@router.get("/quotes", response=ListOf[QuoteSummary])
def list_quotes(request: ApiRequest, page: Query[QuoteFilters]) -> ListOf[QuoteSummary]:
    """Quotes within reach, last changed first."""
    found = queries.list_quotes(request.actor)
    if page.status:
        found = found.filter(status=page.status)
    return page_of(request, found, page, show_quote_summaries)


@router.get("/quotes/{quote_id}", response=Quote)
def get_quote(request: ApiRequest, quote_id: str) -> Quote:
    """One quote with all its rounds."""
    return _show(request, queries.get_quote(request.actor, quote_id))


@router.post("/quotes", response={201: Quote})
def ask_for_quote(request: ApiRequest, body: NewQuote) -> Status[Quote]:
    """Ask what something would cost."""
    values = actions.OfferValues(lines_of(body.lines), valid_until=body.valid_until)
    return _asked(request, body.name, values, is_draft=body.is_draft)


@router.post("/carts/{cart_id}/quote_requests", response={201: Quote})
def ask_for_cart(request: ApiRequest, cart_id: str, body: NewQuoteRequest) -> Status[Quote]:
    """Ask what the content of a cart would cost; the cart stays as it is."""
    cart = get_cart(request.actor, cart_id)
    values = actions.OfferValues(lines_of_cart(cart))
    return _asked(request, cart.name, values, is_draft=body.is_draft)


@router.post("/quotes/{quote_id}/offers", response={201: Quote})
def make_offer(request: ApiRequest, quote_id: str, body: NewOffer) -> Status[Quote]:
    """Send a drafted request, an offer or a counter-offer; what was sent never changes."""
    quote = queries.get_quote(request.actor, quote_id)
    values = actions.OfferValues(
        lines_of(body.lines), body.is_whole, body.is_final, body.valid_until, body.terms
    )

    @transaction
    def say() -> None:
        actions.save_offer_draft(quote, values=values, actor=request.actor, now=request.now)
        actions.send_offer(
            quote, offer_number=body.offer_number, actor=request.actor, now=request.now
        )

    say()
    return _changed(request, quote)


@router.post("/quotes/{quote_id}/carts", response={201: Cart})
def take_offer(request: ApiRequest, quote_id: str, body: NewQuoteCart) -> Status[Cart]:
    """A cart at the offered prices; submitting it accepts the offer."""
    quote = queries.get_quote(request.actor, quote_id)
    wanted = None if body.lines is None else {one.number: one.quantity for one in body.lines}
    made = actions.prepare_acceptance(
        quote, offer_hash=body.offer_hash, wanted=wanted, actor=request.actor, now=request.now
    )
    cart = get_cart(request.actor, made.pk)
    tag(request, cart.version)
    return Status(201, show_cart(cart, price_cart(cart, now=request.now), request.actor))


@router.post("/quotes/{quote_id}/declines", response={201: Quote})
def decline_quote(request: ApiRequest, quote_id: str, body: NewDeclining) -> Status[Quote]:
    """Say no to the other side."""
    quote = queries.get_quote(request.actor, quote_id)
    actions.decline_quote(
        quote,
        reason=body.reason,
        offer_number=body.offer_number,
        actor=request.actor,
        now=request.now,
    )
    return _changed(request, quote)


@router.post("/quotes/{quote_id}/withdrawals", response={201: Quote})
def withdraw_quote(request: ApiRequest, quote_id: str, body: NewQuoteWithdrawal) -> Status[Quote]:
    """The buyer wants no more of it."""
    quote = queries.get_quote(request.actor, quote_id)
    actions.withdraw_quote(quote, reason=body.reason, actor=request.actor, now=request.now)
    return _changed(request, quote)


@router.delete("/quotes/{quote_id}", response={204: None})
def discard_quote(request: ApiRequest, quote_id: str) -> Status[None]:
    """Throw away a request that was never sent; needs If-Match."""
    quote = queries.get_quote(request.actor, quote_id)
    require_version(request, quote.version)
    actions.discard_quote(quote, actor=request.actor, now=request.now)
    return Status(204, None)


@router.post("/quotes/{quote_id}/messages", response={201: Message})
def write_message(request: ApiRequest, quote_id: str, body: NewMessage) -> Status[Message]:
    """Write to the other side."""
    quote = queries.get_quote(request.actor, quote_id)
    comment = actions.write_about_quote(quote, text=body.text, actor=request.actor, now=request.now)
    return Status(201, Message(id=comment.pk, thread=comment.thread_id, text=comment.text))


def lines_of(lines: list[NewOfferLine]) -> list[DraftLine]:
    """The lines as the actions take them; new ones are numbered behind all that there are."""
    highest = max((line.number for line in lines), default=0)
    found = []
    for line in lines:
        highest += 0 if line.number else 1
        found.append(DraftLine(**{**line.model_dump(), "number": line.number or highest}))
    return found


def _asked(
    request: ApiRequest, name: str, values: actions.OfferValues, *, is_draft: bool
) -> Status[Quote]:
    @transaction
    def ask() -> models.Quote:
        quote = actions.draft_quote(name, values=values, actor=request.actor, now=request.now)
        if not is_draft:
            actions.send_offer(quote, offer_number=0, actor=request.actor, now=request.now)
        return quote

    return _changed(request, ask())


def _changed(request: ApiRequest, quote: models.Quote) -> Status[Quote]:
    return Status(201, _show(request, queries.get_quote(request.actor, quote.pk)))


def _show(request: ApiRequest, quote: models.Quote) -> Quote:
    tag(request, quote.version)
    return show_quote(quote, request.actor)
