"""A negotiation: the other side has spoken, or it is over."""

from __future__ import annotations

from django.utils.translation import gettext as _

from placet.companies.queries import get_merchant
from placet.core.errors import NotFound
from placet.core.formats import money_text
from placet.notices.addresses import quote_url
from placet.notices.letter import Dropped, Letter, Recipient
from placet.notices.models import Mail
from placet.notices.words import header_text
from placet.policy.negotiation import TURN
from placet.policy.totals import line_total
from placet.quotes.models import Offer, Quote
from placet.quotes.queries import get_quote
from placet.quotes.sides import side_of


def write_quote_said(mail: Mail, recipient: Recipient) -> Letter:
    """It is the reader's turn: a request, an offer or a counter-offer waits for an answer."""
    quote = _quote(mail, recipient)
    if TURN.get(quote.status) != side_of(recipient.actor):
        raise Dropped(f"the quote is {quote.status}")
    subjects = {
        "requested": _("%(who)s asks for a quote: %(name)s"),
        "offered": _("An offer of %(who)s: %(name)s"),
        "countered": _("A counter-offer of %(who)s: %(name)s"),
    }
    if quote.status not in subjects:
        raise Dropped(f"the quote is {quote.status}")
    return _letter("quote_said", subjects[quote.status], quote, recipient)


def write_quote_over(mail: Mail, recipient: Recipient) -> Letter:
    """The other side accepted or wants no more of it, or the offer was not taken in time."""
    quote = _quote(mail, recipient)
    subjects = {
        "accepted": _("Accepted by %(who)s: %(name)s"),
        # A part of it was accepted, and the rest is still open.
        "offered": _("Accepted by %(who)s: %(name)s"),
        "declined": _("Declined by %(who)s: %(name)s"),
        "withdrawn": _("Withdrawn by %(who)s: %(name)s"),
        "expired": _("The offer of %(who)s has ended: %(name)s"),
    }
    if quote.status not in subjects:
        raise Dropped(f"the quote is {quote.status}")
    return _letter("quote_over", subjects[quote.status], quote, recipient)


def _quote(mail: Mail, recipient: Recipient) -> Quote:
    try:
        return get_quote(recipient.actor, mail.subject_ref)
    except NotFound as error:
        raise Dropped("the quote is outside the reach of this person") from error


def _letter(template: str, subject: str, quote: Quote, recipient: Recipient) -> Letter:
    is_desk = recipient.actor.is_merchant
    other = quote.company.name if is_desk else get_merchant().name
    return Letter(
        subject=header_text(subject % {"who": other, "name": quote.name}),
        template=template,
        button_url=quote_url(recipient.actor.company_slug, quote.pk if is_desk else quote.number),
        facts={
            "other": other,
            "name": quote.name,
            "number": quote.number,
            "status": quote.status,
            "amount": _amount(quote, recipient),
            "until": quote.expires_on,
            "reason": quote.reason,
            "company": recipient.actor.company_name,
        },
    )


def _amount(quote: Quote, recipient: Recipient) -> str:
    """What the last offer comes to without tax and delivery; empty while a price is open."""
    offer = Offer.objects.filter(quote=quote, number=quote.offer_number).first()
    lines = list(offer.lines.all()) if offer else []
    if not lines or any(line.unit_price_minor is None for line in lines):
        return ""
    total = sum(
        line_total(line.unit_price_minor, line.quantity, line.price_quantity) for line in lines
    )
    return money_text(total, quote.currency, recipient.language)
