"""What came to nothing is asked for again: a new request with the lines of the old one."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.core.transaction import transaction
from placet.quotes.actions.draft_quote import OfferValues, draft_quote
from placet.quotes.drafting import DraftLine
from placet.quotes.models import Quote, Side
from placet.quotes.permissions import can_ask_again, can_view_quote


@transaction
def ask_again(quote: Quote, *, actor: Actor, now: datetime) -> Quote:
    """A draft of the actor's own with what the buyer asked for last; nobody sees it yet.

    Products that are gone from the catalog stay as the words that they were.
    """
    refusal = can_view_quote(actor, quote)
    if refusal is not None:
        raise NotFound(refusal.sentence)
    refuse(can_ask_again(actor, quote))
    last = quote.offers.filter(side=Side.BUYER).order_by("-number").first()
    if last is None:
        raise NotFound(_("There is no such quote."))
    lines = [
        DraftLine(
            number=line.number,
            sku=line.product.sku if line.product else "",
            name=line.name,
            quantity=line.quantity,
            unit_price_minor=line.unit_price_minor,
            note=line.note,
        )
        for line in last.lines.select_related("product").order_by("number")
    ]
    return draft_quote(quote.name, values=OfferValues(lines), actor=actor, now=now)
