"""What an offer says, as canonical bytes: hashed, kept while it waits, and made into its rows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.catalog.models import Product
from placet.catalog.prices import list_prices_for
from placet.catalog.queries import find_products
from placet.companies.queries import get_merchant_day
from placet.companies.store import get_store
from placet.companies.terms import refuse_terms
from placet.core.errors import InvalidInput
from placet.events.canonical import canonical_bytes, sha256
from placet.policy import negotiation
from placet.quotes.drafting import DraftLine, offer_of_draft, read_lines
from placet.quotes.models import Offer, OfferDraft, OfferLine, Quote, Side

ANSWER_DAYS: Final = 30
"""How long what a buyer asks holds where they do not say so."""
FORMAT: Final = 1
FAULTS: Final[dict[str, str | Promise]] = {
    "no_lines": gettext_lazy("Add a line first."),
    "too_many_lines": gettext_lazy("These are too many lines."),
    "same_number": gettext_lazy("Two lines have the same number."),
    "quantity": gettext_lazy("A quantity is one or more."),
    "minimum": gettext_lazy("A minimum is between one and the quantity."),
    "price": gettext_lazy("A price is not negative."),
    "open_price": gettext_lazy("Say a price for every line."),
    "in_the_past": gettext_lazy("It would not hold any more: choose a later day."),
    "final_by_buyer": gettext_lazy("Only the supplier has a last word."),
}


class OfferContent(NamedTuple):
    """An offer that could be made: by the rules of negotiation, in words, and as bytes."""

    made: negotiation.Offer
    lines: list[DraftLine]
    content: bytes

    @property
    def hash(self) -> str:
        """What whoever accepts or releases names: over everything that the offer says."""
        return sha256(self.content)


def write_content(quote: Quote, draft: OfferDraft, *, now: datetime) -> OfferContent:
    """What sending this draft would say; raises ``InvalidInput`` for what it lacks."""
    lines = read_lines(draft)
    products = find_products([line.sku for line in lines if line.sku])
    made = offer_of_draft(quote, draft, products)
    if draft.valid_until is None:
        made = made._replace(valid_until=usual_last_day(Side(draft.side), now=now))
    made = made._replace(terms=made.terms or quote.company.payment_terms)
    found = OfferContent(made, lines, _bytes(quote, made, lines))
    refuse_faulty(quote, found, products, now=now)
    return found


def usual_last_day(side: Side, *, now: datetime) -> date:
    """Until when something holds of which nothing else is said: an offer as the store has it."""
    days = get_store().quote_valid_days if side == Side.MERCHANT else ANSWER_DAYS
    return get_merchant_day(now) + timedelta(days=days)


def read_content(content: bytes | memoryview) -> OfferContent:
    """What these bytes say."""
    stored = json.loads(bytes(content))
    lines = tuple(_read_line(line) for line in stored["lines"])
    made = negotiation.Offer(
        number=stored["number"],
        side=stored["side"],
        is_whole=stored["is_whole"],
        is_final=stored["is_final"],
        valid_until=date.fromisoformat(stored["valid_until"]),
        terms=stored["terms"],
        lines=lines,
    )
    words = [
        DraftLine(
            number=line.number,
            sku=said["sku"],
            name=said["name"],
            quantity=line.quantity,
            minimum_quantity=line.minimum_quantity,
            unit_price_minor=line.unit_price_minor,
            valid_until=line.valid_until,
            note=said["note"],
        )
        for line, said in zip(lines, stored["lines"], strict=True)
    ]
    return OfferContent(made, words, bytes(content))


def _read_line(said: Mapping[str, Any]) -> negotiation.OfferLine:
    values = {name: said[name] for name in negotiation.OfferLine._fields}
    until = said["valid_until"]
    values["valid_until"] = date.fromisoformat(until) if until else None
    return negotiation.OfferLine(**values)


def refuse_faulty(
    quote: Quote, said: OfferContent, products: Mapping[str, Product], *, now: datetime
) -> None:
    """Raise ``InvalidInput`` for what cannot be said to the other side, now."""
    refuse_terms(quote.company, said.made.terms)
    fault = negotiation.fault_of_offer(said.made, today=get_merchant_day(now))
    if fault:
        raise InvalidInput("lines", fault, str(FAULTS[fault]))
    if said.made.side != "merchant":
        return
    for place, line in enumerate(said.lines):
        product = products.get(line.sku)
        if product is None:
            raise InvalidInput(
                f"lines/{place}/sku",
                "no_product",
                _("Say which product of the catalog “%(name)s” is.") % {"name": line.name},
            )
        if product.status != Product.Status.ACTIVE:
            raise InvalidInput(
                f"lines/{place}/sku",
                "discontinued",
                _("%(sku)s is discontinued.") % {"sku": line.sku},
            )


def make_offer(quote: Quote, said: OfferContent, *, author_id: str, now: datetime) -> Offer:
    """The offer with its lines, exactly as the bytes say; list prices of now stand beside them."""
    made = said.made
    offer = Offer.objects.create(
        created_at=now,
        quote=quote,
        number=made.number,
        side=made.side,
        author_id=author_id,
        is_whole=made.is_whole,
        is_final=made.is_final,
        valid_until=made.valid_until,
        terms=made.terms,
        content_hash=said.hash,
    )
    ids = [line.product for line in made.lines if line.product]
    prices = list_prices_for(quote.company_id, quote.currency, ids, now)
    rows = []
    for line, written in zip(made.lines, said.lines, strict=True):
        tiers = prices.get(line.product)
        rows.append(
            OfferLine(
                offer=offer,
                number=line.number,
                product_id=line.product or None,
                sku=written.sku,
                name=written.name,
                quantity=line.quantity,
                minimum_quantity=line.minimum_quantity,
                unit_price_minor=line.unit_price_minor,
                price_quantity=line.price_quantity,
                list_price_minor=tiers.list_at(line.quantity) if tiers else None,
                valid_until=line.valid_until,
                note=written.note,
            )
        )
    OfferLine.objects.bulk_create(rows)
    return offer


def _bytes(quote: Quote, made: negotiation.Offer, lines: list[DraftLine]) -> bytes:
    said = [
        {
            **line._asdict(),
            "valid_until": line.valid_until.isoformat() if line.valid_until else "",
            "sku": written.sku,
            "name": written.name,
            "note": written.note,
        }
        for line, written in zip(made.lines, lines, strict=True)
    ]
    return canonical_bytes(
        {
            **made._asdict(),
            "format": FORMAT,
            "quote": quote.pk,
            "currency": quote.currency,
            "valid_until": made.valid_until.isoformat(),
            "lines": said,
        }
    )
