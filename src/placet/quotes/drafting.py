"""What one side is about to say: its lines as they are kept, checked, and made into an offer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from placet.catalog.models import Product
from placet.catalog.queries import find_products
from placet.core.errors import InvalidInput
from placet.policy import negotiation
from placet.policy.money import LARGEST_AMOUNT_MINOR
from placet.quotes.models import OfferDraft, Quote, QuoteTemplate, Side

LARGEST_QUANTITY = 1_000_000
LONGEST_NAME = 200
LONGEST_NOTE = 400


class DraftLine(NamedTuple):
    """A line as it is being written; without a SKU ``name`` says in free words what is wanted.

    ``minimum_quantity`` 0 is the whole quantity. ``unit_price_minor`` is for as many pieces as the
    product is priced by; in a request it is what the buyer would pay, or nothing.
    """

    number: int
    sku: str
    name: str
    quantity: int
    minimum_quantity: int = 0
    unit_price_minor: int | None = None
    valid_until: date | None = None
    note: str = ""


def stored_lines(lines: Sequence[DraftLine]) -> list[dict[str, Any]]:
    """The lines as the draft's row keeps them."""
    return [
        {**line._asdict(), "valid_until": line.valid_until and line.valid_until.isoformat()}
        for line in lines
    ]


def read_lines(draft: OfferDraft | QuoteTemplate) -> list[DraftLine]:
    """The lines that the row of a draft, or of a template, keeps."""
    return [read_stored(stored) for stored in draft.lines]


def read_stored(stored: Mapping[str, Any]) -> DraftLine:
    """A line as rows keep it."""
    until = stored["valid_until"]
    return DraftLine(**{**stored, "valid_until": date.fromisoformat(until) if until else None})


def checked_lines(lines: Sequence[DraftLine]) -> list[DraftLine]:
    """The lines with the SKUs and names of the catalog, or ``InvalidInput`` naming the first fault.

    A draft may still lack what an offer needs: a price, a product, a date.
    """
    if len(lines) > negotiation.MOST_LINES:
        sentence = _("A quote has at most %(n)d lines.") % {"n": negotiation.MOST_LINES}
        raise InvalidInput("lines", "too_many_lines", sentence)
    found = find_products([line.sku for line in lines if line.sku])
    checked = [_checked(place, line, found) for place, line in enumerate(lines)]
    _refuse_twice(checked)
    return checked


def _checked(place: int, line: DraftLine, found: Mapping[str, Product]) -> DraftLine:
    at = f"lines/{place}"
    name, note = line.name.strip(), line.note.strip()
    product = found.get(line.sku) if line.sku else None
    if line.sku and product is None:
        raise InvalidInput(
            f"{at}/sku", "unknown", _("There is no product %(sku)s.") % {"sku": line.sku}
        )
    if not product and not name:
        raise InvalidInput(f"{at}/name", "required", _("Name a product, or say what you need."))
    for path, text, longest in (("name", name, LONGEST_NAME), ("note", note, LONGEST_NOTE)):
        if len(text) > longest or not text.isprintable():
            raise InvalidInput(
                f"{at}/{path}", "text", _("Use one line of at most %(n)d letters.") % {"n": longest}
            )
    if not 1 <= line.quantity <= LARGEST_QUANTITY:
        raise InvalidInput(
            f"{at}/quantity", "quantity", _("A quantity is a whole number from 1 to 1,000,000.")
        )
    if not 0 <= line.minimum_quantity <= line.quantity:
        raise InvalidInput(
            f"{at}/minimum_quantity", "minimum", _("A minimum is not above the quantity.")
        )
    price = line.unit_price_minor
    if price is not None and not 0 <= price <= LARGEST_AMOUNT_MINOR:
        raise InvalidInput(f"{at}/unit_price", "price", _("This is no price."))
    return line._replace(
        number=line.number or place + 1,
        sku=product.sku if product else "",
        name=product.name if product else name,
        note=note,
    )


def _refuse_twice(lines: Sequence[DraftLine]) -> None:
    """Neither a number nor a product stands twice: what is accepted becomes a cart."""
    for key, code in (("number", "same_number"), ("sku", "same_product")):
        seen = [getattr(line, key) for line in lines if getattr(line, key)]
        twice = next((place for place, one in enumerate(seen) if one in seen[:place]), None)
        if twice is not None:
            raise InvalidInput(
                f"lines/{twice}/{key}", code, _("Each product stands once in a quote.")
            )


def offer_of_draft(
    quote: Quote, draft: OfferDraft, products: Mapping[str, Product]
) -> negotiation.Offer:
    """The offer that sending the draft would make; ``products`` are by SKU."""
    lines = read_lines(draft)
    is_whole = draft.is_whole
    return negotiation.Offer(
        number=quote.offer_number + 1,
        side="merchant" if draft.side == Side.MERCHANT else "buyer",
        is_whole=is_whole,
        is_final=draft.is_final,
        valid_until=draft.valid_until or date.max,
        terms=draft.terms,
        lines=tuple(_line(line, products.get(line.sku), is_whole) for line in lines),
    )


def _line(line: DraftLine, product: Product | None, is_whole: bool) -> negotiation.OfferLine:
    minimum = line.quantity if is_whole else line.minimum_quantity or line.quantity
    return negotiation.OfferLine(
        number=line.number,
        product=product.pk if product else "",
        quantity=line.quantity,
        minimum_quantity=minimum,
        unit_price_minor=line.unit_price_minor,
        price_quantity=product.price_quantity if product else 1,
        valid_until=line.valid_until,
    )
