"""A side speaks: its draft becomes an offer, which never changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.catalog.models import Product
from placet.catalog.prices import list_prices_for
from placet.catalog.queries import find_products
from placet.companies.queries import get_merchant_day
from placet.companies.refusals import refuse
from placet.companies.terms import refuse_terms
from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.core.transaction import transaction
from placet.events.canonical import canonical_bytes, sha256
from placet.events.record import record
from placet.policy import negotiation
from placet.quotes.drafting import DraftLine, offer_of_draft, read_lines
from placet.quotes.lifecycle import enter_quote, move_quote, require_seen
from placet.quotes.models import Offer, OfferDraft, OfferLine, Quote, Side
from placet.quotes.permissions import can_move_quote
from placet.quotes.reading import read_offer
from placet.quotes.sides import side_of

ANSWER_DAYS: Final = 30
"""How long a request or an offer holds whose sender does not say so."""
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


@transaction
def send_offer(quote: Quote, *, offer_number: int, actor: Actor, now: datetime) -> Offer:
    """Say to the other side what was drafted: a request, an offer or a counter-offer.

    ``offer_number`` is that of the last offer that the actor saw. Raises ``QuoteMoved`` when the
    other side spoke meanwhile, ``InvalidInput`` for what an offer needs and the draft lacks.
    """
    locked = enter_quote(quote, actor=actor)
    verb = _verb(locked, actor)
    refuse(can_move_quote(actor, locked, verb))
    require_seen(locked, offer_number)
    draft = locked.drafts.filter(side=side_of(actor)).first()
    if draft is None:
        raise InvalidInput("lines", "no_lines", str(FAULTS["no_lines"]))
    offer = _make(locked, draft, actor, now)
    draft.delete()
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


def _make(quote: Quote, draft: OfferDraft, actor: Actor, now: datetime) -> Offer:
    """The offer with its lines, at the list prices of now beside the offered ones."""
    lines = read_lines(draft)
    products = find_products([line.sku for line in lines if line.sku])
    today = get_merchant_day(now)
    made = offer_of_draft(quote, draft, products)
    if draft.valid_until is None:
        made = made._replace(valid_until=today + timedelta(days=ANSWER_DAYS))
    made = made._replace(terms=made.terms or quote.company.payment_terms)
    refuse_terms(quote.company, made.terms)
    _refuse_faulty(made, lines, products, today)
    offer = Offer.objects.create(
        created_at=now,
        quote=quote,
        number=made.number,
        side=draft.side,
        author_id=actor.member_id,
        is_whole=made.is_whole,
        is_final=made.is_final,
        valid_until=made.valid_until,
        terms=made.terms,
        content_hash=_hash(quote, made, lines),
    )
    ids = [product.pk for product in products.values()]
    prices = list_prices_for(quote.company_id, quote.currency, ids, now)
    rows = []
    for line, written in zip(made.lines, lines, strict=True):
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


def _refuse_faulty(
    made: negotiation.Offer,
    lines: list[DraftLine],
    products: Mapping[str, Product],
    today: date,
) -> None:
    fault = negotiation.fault_of_offer(made, today=today)
    if fault:
        raise InvalidInput("lines", fault, str(FAULTS[fault]))
    if made.side != "merchant":
        return
    for place, line in enumerate(lines):
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


def _hash(quote: Quote, made: negotiation.Offer, lines: list[DraftLine]) -> str:
    """What whoever accepts names: over everything that the offer says."""
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
    return sha256(
        canonical_bytes(
            {
                **made._asdict(),
                "format": FORMAT,
                "quote": quote.pk,
                "currency": quote.currency,
                "valid_until": made.valid_until.isoformat(),
                "lines": said,
            }
        )
    )
