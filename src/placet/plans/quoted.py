"""What a purchase at negotiated prices tells the engine, and the content, of its quote."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from placet.carts.pricing import PricedLine
from placet.orders.content import Content, ContentQuote
from placet.policy import facts
from placet.policy.totals import line_total


def content_quote(quoted: Mapping[str, Any], lines: Iterable[PricedLine]) -> ContentQuote | None:
    """What the frozen content says of the offer that a cart accepts; nothing of any other cart."""
    if not quoted:
        return None
    return ContentQuote(
        quote=quoted["quote"],
        number=quoted["number"],
        offer=quoted["offer"],
        offer_number=quoted["offer_number"],
        discount_basis_points=_discount(lines),
    )


def quote_terms(quote: ContentQuote | None) -> facts.QuoteTerms | None:
    """The same as facts. Nobody on the buyer's side knows a margin or a target."""
    if quote is None:
        return None
    return facts.QuoteTerms(quote.discount_basis_points, None, None)


def cart_quoted(content: Content) -> dict[str, Any]:
    """What a cart that is made from a content says of its offer."""
    if content.quote is None:
        return {}
    quoted = content.quote._asdict()
    del quoted["discount_basis_points"]
    return quoted


def _discount(lines: Iterable[PricedLine]) -> int:
    """What the prices take off the list prices, in basis points; lines without one do not count."""
    usual = paid = 0
    for line in lines:
        if line.list_price_minor is not None:
            size = line.quantity, line.price_quantity
            usual += line_total(line.list_price_minor, *size)
            paid += line_total(line.unit_price_minor, *size)
    return max((usual - paid) * 10_000 // usual, 0) if usual else 0
