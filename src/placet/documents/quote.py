"""An offer on paper: what was said last, at which prices, and until when it holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from babel.dates import format_date
from django.utils.translation import gettext as _

from placet.companies.queries import get_merchant
from placet.companies.store import list_contact_lines
from placet.core.actor import Actor
from placet.core.formats import locale_of, money_text
from placet.documents.instants import paper_instant
from placet.documents.paper import Block, Column, Fact, Facts, Heading, Paper, Table, Words
from placet.policy.totals import line_total
from placet.quotes.models import Offer, OfferLine, Quote, Side
from placet.quotes.queries import list_offers


def quote_paper(quote: Quote, *, reader: Actor, now: datetime) -> Paper:
    """The last offer of a quote in the reader's language; to the buyer the merchant is one."""
    offers = list_offers(quote)
    return Paper(
        title=f"{quote.number} {quote.name}",
        subtitle=_("%(company)s and %(merchant)s")
        % {"company": quote.company.name, "merchant": get_merchant().name},
        language=reader.language[:2],
        footer=_("%(number)s, made on %(when)s")
        % {"number": quote.number, "when": paper_instant(now, reader)},
        page_word=_("Page"),
        imprint=" · ".join(list_contact_lines()),
        blocks=tuple(_blocks(quote, offers, reader)),
    )


def _blocks(quote: Quote, offers: list[Offer], reader: Actor) -> Iterator[Block]:
    if not offers:
        yield Words(_("Nothing was sent yet."))
        return
    last = offers[-1]
    yield Facts(tuple(_facts(quote, last, reader)))
    yield Heading(_("Lines"))
    yield _lines(quote, last, reader)
    if last.side == Side.MERCHANT:
        taking = _("The offer is taken as a whole.") if last.is_whole else _("Each line by itself.")
        yield Words(f"{taking} {_('Prices are without tax and delivery.')}", is_soft=True)
    yield Facts((Fact(_("Content hash"), last.content_hash, is_hash=True),))


def _facts(quote: Quote, last: Offer, reader: Actor) -> Iterator[Fact]:
    yield Fact(_("Requested by"), quote.requester.user.name)
    is_hidden = last.side == Side.MERCHANT and not reader.is_merchant
    who = get_merchant().name if is_hidden else last.author.user.name
    yield Fact(_("Said by"), f"{who}, {paper_instant(last.created_at, reader)}")
    yield Fact(_("Round"), str(last.number))
    yield Fact(_("Holds until"), _day(last.valid_until, reader))
    yield Fact(_("Payment terms"), last.terms.replace("_", " "))


def _lines(quote: Quote, offer: Offer, reader: Actor) -> Table:
    rows = sorted(offer.lines.all(), key=lambda line: line.number)
    return Table(
        (
            Column("", 0, is_number=True),
            Column(_("Product"), 6),
            Column(_("Quantity"), 0, is_number=True),
            Column(_("Unit price"), 0, is_number=True),
            Column(_("Total"), 0, is_number=True),
        ),
        tuple(_line(line, quote.currency, reader) for line in rows),
    )


def _line(line: OfferLine, currency: str, reader: Actor) -> tuple[str, ...]:
    named = "\n".join(part for part in (line.name, line.sku, line.note) if part)
    if line.unit_price_minor is None:
        return str(line.number), named, str(line.quantity), "", ""
    price = money_text(line.unit_price_minor, currency, reader.language)
    if line.price_quantity > 1:
        price = _("%(price)s per %(n)d") % {"price": price, "n": line.price_quantity}
    total = line_total(line.unit_price_minor, line.quantity, line.price_quantity)
    return (
        str(line.number),
        named,
        str(line.quantity),
        price,
        money_text(total, currency, reader.language),
    )


def _day(on: date, reader: Actor) -> str:
    return format_date(on, "long", locale=locale_of(reader.language))
