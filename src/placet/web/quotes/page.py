"""A negotiation as each side reads it: whose turn, until when, and what changed between rounds."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet

from placet.companies.models import Member
from placet.companies.queries import get_merchant, get_merchant_day
from placet.core.actor import Actor
from placet.policy import negotiation
from placet.policy.negotiation import TURN, price_each
from placet.policy.totals import line_total
from placet.quotes.clock import answer_due_at
from placet.quotes.models import Offer, OfferDraft, OfferLine, OfferSeen, Quote, Side
from placet.quotes.permissions import (
    SIDES,
    can_ask_again,
    can_move_quote,
    can_write_about_quote,
)
from placet.quotes.queries import find_draft, list_offers, list_taken
from placet.quotes.reading import read_offer
from placet.quotes.sides import side_of
from placet.quotes.talking import list_desk_people
from placet.requisitions.models import Requisition
from placet.threads.models import Comment
from placet.threads.queries import list_comments

MINE, THEIRS, CLOSED = "mine", "theirs", "closed"
ENDED = ("accepted", "declined", "withdrawn", "expired", "discarded")


class QuoteRow(NamedTuple):
    """A negotiation in the list; ``days`` are those until its offer ends, where one is open.

    ``due_at`` is when the merchant's answer is due, for its own desk.
    """

    quote: Quote
    total_minor: int | None
    is_my_turn: bool
    days: int | None
    due_at: datetime | None = None


class LineView(NamedTuple):
    """A line of an offer beside that of the round before; ``total_minor`` where it has a price."""

    line: OfferLine
    before_minor: int | None
    is_dearer: bool
    is_cheaper: bool
    total_minor: int | None
    valid_until: date
    is_taken: bool
    is_open: bool
    comments: list[Comment] = []


class OfferView(NamedTuple):
    """A round: who spoke, what was said, what it comes to without tax and delivery."""

    offer: Offer
    who: str
    is_mine: bool
    lines: list[LineView]
    total_minor: int | None
    gone: list[OfferLine]


class QuotePage(NamedTuple):
    """Everything that the page of a quote shows; ``rounds`` has the last one first."""

    quote: Quote
    rounds: list[OfferView]
    is_my_turn: bool
    days: int | None
    may: Mapping[str, bool]
    draft: OfferDraft | None
    requisitions: list[Requisition]
    comments: list[Comment]
    may_write: bool
    other: str
    seen_at: datetime | None
    due_at: datetime | None
    may_ask_again: bool
    colleagues: list[Member]

    @property
    def last(self) -> OfferView | None:
        """What is on the table."""
        return self.rounds[0] if self.rounds else None

    @property
    def open_lines(self) -> list[LineView]:
        """What can still be taken of it."""
        return [line for line in self.last.lines if line.is_open] if self.last else []


def filtered_quotes(quotes: QuerySet[Quote], actor: Actor, turn: str, text: str) -> QuerySet[Quote]:
    """The negotiations in this part of the list whose number, name or people have the text."""
    if turn == CLOSED:
        quotes = quotes.filter(status__in=ENDED)
    elif turn:
        mine = [state for state, side in TURN.items() if side == side_of(actor)]
        open_states = quotes.exclude(status__in=ENDED)
        is_mine = Q(status__in=mine)
        quotes = open_states.filter(is_mine if turn == MINE else ~is_mine)
    if text:
        found = Q(number__iexact=text) | Q(name__icontains=text)
        found |= Q(company__name__icontains=text) | Q(requester__user__name__icontains=text)
        quotes = quotes.filter(found | Q(offers__lines__sku__iexact=text)).distinct()
    return quotes


def count_turns(quotes: QuerySet[Quote], actor: Actor) -> dict[str, int]:
    """How many wait for this side, for the other, and have ended; counted to a thousand."""
    return {
        turn: filtered_quotes(quotes, actor, turn, "").order_by()[:1000].count()
        for turn in (MINE, THEIRS, CLOSED)
    }


def list_rows(actor: Actor, quotes: Sequence[Quote], *, now: datetime) -> list[QuoteRow]:
    """The rows of one page, with what the last offer of each comes to: two queries."""
    today = get_merchant_day(now)
    merchant = get_merchant() if actor.is_merchant else None
    last = Q(pk__in=[])
    for quote in quotes:
        last |= Q(quote_id=quote.pk, number=quote.offer_number)
    offers = {
        offer.quote_id: offer for offer in Offer.objects.filter(last).prefetch_related("lines")
    }
    return [
        QuoteRow(
            quote,
            _total(list(offers[quote.pk].lines.all())) if quote.pk in offers else None,
            TURN.get(quote.status) == side_of(actor),
            _days(quote, today),
            answer_due_at(quote, merchant) if merchant else None,
        )
        for quote in quotes
    ]


def read_quote(actor: Actor, quote: Quote, *, now: datetime) -> QuotePage:
    """The negotiation as this side sees it, in a number of queries that is constant."""
    today = get_merchant_day(now)
    offers, taken = list_offers(quote), list_taken(quote)
    views = [
        _view(actor, quote, offer, offers[place - 1] if place else None, taken, today)
        for place, offer in enumerate(offers)
    ]
    threads = dict(quote.line_threads.values_list("line_number", "thread_id"))
    ids = [*([quote.thread_id] if quote.thread_id else []), *threads.values()]
    said = list_comments(actor, ids) if ids else {}
    views = [_with_words(view, {n: said[t] for n, t in threads.items()}) for view in views]
    merchant = get_merchant()
    accepted = quote.acceptances.values_list("requisition_id", flat=True)
    return QuotePage(
        quote=quote,
        rounds=views[::-1],
        is_my_turn=TURN.get(quote.status) == side_of(actor),
        days=_days(quote, today),
        may={verb: can_move_quote(actor, quote, verb) is None for verb in (*SIDES, "decline")},
        draft=find_draft(actor, quote),
        requisitions=list(Requisition.objects.filter(pk__in=list(accepted)).order_by("pk")),
        comments=said[quote.thread_id] if quote.thread_id else [],
        may_write=can_write_about_quote(actor, quote) is None,
        other=quote.company.name if actor.is_merchant else merchant.name,
        seen_at=_seen_at(actor, quote),
        due_at=answer_due_at(quote, merchant) if actor.is_merchant else None,
        may_ask_again=not actor.is_merchant and can_ask_again(actor, quote) is None,
        colleagues=list_desk_people(quote) if actor.is_merchant else [],
    )


def _seen_at(actor: Actor, quote: Quote) -> datetime | None:
    """When the other side first looked at the last round, where that was said by this side."""
    other = Side.BUYER if actor.is_merchant else Side.MERCHANT
    seen = OfferSeen.objects.filter(quote=quote, side=other, offer_number=quote.offer_number)
    if TURN.get(quote.status) != other:
        return None
    return seen.values_list("seen_at", flat=True).first()


def _with_words(view: OfferView, words: Mapping[int, list[Comment]]) -> OfferView:
    """The round with what was said about each of its lines."""
    lines = [line._replace(comments=words.get(line.line.number, [])) for line in view.lines]
    return view._replace(lines=lines)


def _view(
    actor: Actor,
    quote: Quote,
    offer: Offer,
    before: Offer | None,
    taken: Collection[int],
    today: date,
) -> OfferView:
    lines = sorted(offer.lines.all(), key=lambda line: line.number)
    read = read_offer(offer)
    older = {line.number: line for line in read_offer(before).lines} if before else {}
    still = set()
    if offer.number == quote.offer_number:
        still = {line.number for line in negotiation.open_lines(read, taken=taken, today=today)}
    views = [
        _line(line, terms, older.get(line.number), read, taken, still)
        for line, terms in zip(lines, read.lines, strict=True)
    ]
    now_there = {line.number for line in lines}
    gone = [line for line in before.lines.all() if line.number not in now_there] if before else []
    return OfferView(offer, _who(actor, offer), _is_mine(actor, offer), views, _total(lines), gone)


def _line(
    line: OfferLine,
    terms: negotiation.OfferLine,
    older: negotiation.OfferLine | None,
    offer: negotiation.Offer,
    taken: Collection[int],
    still: Collection[int],
) -> LineView:
    old, new = price_each(older), price_each(terms)
    is_known = old is not None and new is not None
    return LineView(
        line=line,
        before_minor=older.unit_price_minor if older and is_known and old != new else None,
        is_dearer=bool(is_known and old is not None and new is not None and new > old),
        is_cheaper=bool(is_known and old is not None and new is not None and new < old),
        total_minor=_goods(line),
        valid_until=negotiation.valid_until(offer, terms),
        is_taken=line.number in taken,
        is_open=line.number in still,
    )


def _goods(line: OfferLine) -> int | None:
    if line.unit_price_minor is None:
        return None
    return line_total(line.unit_price_minor, line.quantity, line.price_quantity)


def _total(lines: Sequence[OfferLine]) -> int | None:
    """What all lines cost without tax and delivery; nothing while one has no price."""
    goods = [_goods(line) for line in lines]
    return sum(one for one in goods if one is not None) if None not in goods else None


def _days(quote: Quote, today: date) -> int | None:
    """Whole days until the offer ends, 0 on the last one."""
    is_open = quote.status in ("offered", "countered") and quote.expires_on
    return (quote.expires_on - today).days if is_open and quote.expires_on else None


def _who(actor: Actor, offer: Offer) -> str:
    """Who spoke: to the buyer's people the merchant is one."""
    if offer.side == "merchant" and not actor.is_merchant:
        return get_merchant().name
    return str(offer.author.user.name)


def _is_mine(actor: Actor, offer: Offer) -> bool:
    return bool(offer.side == side_of(actor))
