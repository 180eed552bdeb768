"""A negotiation in a few words, for stories about what happens in one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from placet.carts.actions import describe_cart
from placet.carts.models import Cart
from placet.carts.pricing import price_cart
from placet.core.actor import Actor
from placet.plans.planner import plan_cart
from placet.quotes.actions import (
    OfferValues,
    accept_offer,
    draft_quote,
    prepare_acceptance,
    save_offer_draft,
    send_offer,
)
from placet.quotes.drafting import DraftLine
from placet.quotes.models import Offer, Quote
from placet.requisitions.models import Requisition
from tests.cast import NOW, Cast

GLOVES, DRESSING, INFUSION_SET = "GLV-M", "DRS-15", "INF-SET"
TODAY = NOW.date()
NEXT_MONTH = TODAY + timedelta(days=30)


def wish(*lines: tuple[str, int]) -> OfferValues:
    """What is asked for: a SKU and a quantity a line."""
    return OfferValues(
        [DraftLine(number, sku, "", quantity) for number, (sku, quantity) in enumerate(lines, 1)]
    )


def prices(
    *lines: tuple[str, int, int],
    is_whole: bool = True,
    is_final: bool = False,
    valid_until: date | None = NEXT_MONTH,
    minimum: int = 0,
) -> OfferValues:
    """What is offered: SKU, quantity, unit price in cents a line."""
    return OfferValues(
        [
            DraftLine(number, sku, "", quantity, minimum, price)
            for number, (sku, quantity, price) in enumerate(lines, 1)
        ],
        is_whole=is_whole,
        is_final=is_final,
        valid_until=valid_until,
    )


def ask(cast: Cast, *lines: tuple[str, int], name: str = "Gloves for the year") -> Quote:
    """Lena's request, sent."""
    quote = draft_quote(name, values=wish(*lines), actor=cast.lena, now=cast.now)
    say(quote, cast.lena)
    return quote


def say(quote: Quote, who: Actor, values: OfferValues | None = None) -> Offer:
    """Draft and send; with what the speaker sees at this moment."""
    if values is not None:
        save_offer_draft(quote, values=values, actor=who, now=NOW)
    quote.refresh_from_db()
    offer = send_offer(quote, offer_number=quote.offer_number, actor=who, now=NOW)
    quote.refresh_from_db()
    return offer


def take(cast: Cast, quote: Quote, offer: Offer, wanted: Mapping[int, int] | None = None) -> Cart:
    """Lena's cart at the offered prices, ready to submit."""
    cart = prepare_acceptance(
        quote, offer_hash=offer.content_hash, wanted=wanted, actor=cast.lena, now=cast.now
    )
    return describe_cart(
        cart,
        cost_center_id=cast.cost_center["meridian/4410"],
        ship_to_id=next(iter(cast.address.values())),
        actor=cast.lena,
        now=cast.now,
    )


def accept(cart: Cart, who: Actor) -> Requisition:
    """Submit it with the plan that is shown at this moment."""
    fresh = Cart.objects.select_related("company", "unit", "owner__user").get(pk=cart.pk)
    planned = plan_cart(fresh, price_cart(fresh, now=NOW), actor=who, now=NOW)
    return accept_offer(fresh, plan_hash=planned.hash, actor=who, now=NOW)
