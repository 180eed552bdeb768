"""An offer's rows as the rules of negotiation see them."""

from __future__ import annotations

from placet.policy import negotiation
from placet.quotes.models import Offer


def read_offer(offer: Offer) -> negotiation.Offer:
    """An offer as the rules of negotiation see it."""
    return negotiation.Offer(
        number=offer.number,
        side="merchant" if offer.side == "merchant" else "buyer",
        is_whole=offer.is_whole,
        is_final=offer.is_final,
        valid_until=offer.valid_until,
        terms=offer.terms,
        lines=tuple(
            negotiation.OfferLine(
                number=line.number,
                product=line.product_id or "",
                quantity=line.quantity,
                minimum_quantity=line.minimum_quantity,
                unit_price_minor=line.unit_price_minor,
                price_quantity=line.price_quantity,
                valid_until=line.valid_until,
            )
            for line in sorted(offer.lines.all(), key=lambda line: line.number)
        ),
    )
