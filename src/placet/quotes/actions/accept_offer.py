"""The buyer takes an offer: first as a cart at its prices, then, submitted, as a requisition.

The cart is where place, cost centre, references and the plan are looked at. Submitting it is the
acceptance: only then is the offer taken, so an offer that is too late or has been replaced is
refused at that moment, and nothing was reserved for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.carts.filling import CartHeader, open_filled_cart
from placet.carts.models import Cart, CartLine
from placet.carts.pricing import Split, WantedLine, held_today
from placet.carts.usual_places import usual_places
from placet.companies.models import Address, CostCenter
from placet.companies.queries import get_merchant_day
from placet.companies.refusals import refuse
from placet.companies.terms import terms_of
from placet.core.actor import Actor
from placet.core.errors import InvalidInput, NotFound
from placet.core.transaction import transaction
from placet.events.record import record
from placet.policy import negotiation
from placet.quotes.actions.reopen_quote import reopen_quote
from placet.quotes.lapsing import lapse_releases
from placet.quotes.lifecycle import enter_quote, move_quote
from placet.quotes.models import Acceptance, Offer, OfferLine, Quote
from placet.quotes.permissions import can_move_quote
from placet.quotes.queries import list_taken
from placet.quotes.reading import read_offer
from placet.quotes.whole_offers import OfferNotAcceptable, require_whole
from placet.requisitions.actions.submit_cart import submit_cart
from placet.requisitions.models import Requisition
from placet.requisitions.submission import lock_cart

REFUSALS: Final[dict[str, str | Promise]] = {
    "own_offer": gettext_lazy("Only an offer of the supplier can be accepted."),
    "not_last": gettext_lazy("There is a later offer. Please look at it first."),
    "nothing": gettext_lazy("Choose at least one line."),
    "unknown_line": gettext_lazy("This line is not part of the offer."),
    "taken": gettext_lazy("This line was accepted before."),
    "expired": gettext_lazy("The offer does not hold any more. Ask for a new one."),
    "open_price": gettext_lazy("This line has no price yet."),
    "whole_only": gettext_lazy("This offer is taken whole: all lines as they were offered."),
    "below_minimum": gettext_lazy("The offered price needs a larger quantity."),
    "above_offered": gettext_lazy("The offered price holds for fewer."),
}


@transaction
def prepare_acceptance(
    quote: Quote,
    *,
    offer_hash: str,
    wanted: Mapping[int, int] | None = None,
    actor: Actor,
    now: datetime,
) -> Cart:
    """A cart of the requester at the prices of the offer, to be completed and submitted.

    ``wanted`` are quantities by line number; without it everything that is still open is taken.
    ``offer_hash`` is that of the offer which the actor saw. Asked a second time, while the first
    cart is still as it was made, it is that cart. Raises ``OfferNotAcceptable``.
    """
    locked = enter_quote(quote, actor=actor)
    reopen_quote(locked, actor=actor, now=now)
    refuse(can_move_quote(actor, locked, "accept"))
    offer = _offer_seen(locked, offer_hash)
    read, taken = read_offer(offer), list_taken(locked)
    today = get_merchant_day(now)
    if wanted is None:
        still = negotiation.open_lines(read, taken=taken, today=today)
        wanted = {line.number: line.quantity for line in still}
    _refuse(read, wanted, locked, taken, today)
    lines = [line for line in _lines(offer) if line.number in wanted]
    quoted = _quoted(locked, offer, lines, wanted)
    purchased = [_wanted(line, wanted[line.number], read, actor) for line in lines]
    if there := _find_prepared(locked, quoted, purchased, actor):
        return there
    cart = open_filled_cart(
        _header(locked, offer, actor),
        purchased,
        company_id=locked.company_id,
        unit_id=locked.unit_id,
        owner_id=actor.member_id,
        quoted=quoted,
        now=now,
    )
    record("cart.created", cart.pk, actor=actor, now=now, private={"name": cart.name})
    return cart


@transaction
def accept_offer(
    cart: Cart,
    *,
    plan_hash: str,
    warnings_read: bool = False,
    actor: Actor,
    now: datetime,
) -> Requisition:
    """Submit the cart of an offer: the offer is taken and the requisition goes on its way.

    Raises ``OfferNotAcceptable`` when the offer does not hold like this any more, and everything
    that ``submit_cart`` does; then nothing was taken.
    """
    offer = Offer.objects.select_related("quote__unit").filter(pk=cart.quoted.get("offer")).first()
    if offer is None or offer.quote.company_id != cart.company_id:
        raise NotFound(_("There is no such quote."))
    locked = enter_quote(offer.quote, actor=actor)
    reopen_quote(locked, actor=actor, now=now)
    refuse(can_move_quote(actor, locked, "accept"))
    read, taken = read_offer(offer), list_taken(locked)
    # From here on nobody changes the cart: what is compared with the offer is what is submitted.
    wanted = _as_offered(lock_cart(cart, actor=actor), offer)
    _refuse(read, wanted, locked, taken, get_merchant_day(now))
    requisition = submit_cart(
        cart,
        plan_hash=plan_hash,
        warnings_read=warnings_read,
        accepts=offer.pk,
        actor=actor,
        now=now,
    )
    Acceptance.objects.create(
        created_at=now,
        quote=locked,
        offer=offer,
        requisition_id=requisition.pk,
        lines={str(number): quantity for number, quantity in wanted.items()},
        member_id=actor.member_id,
    )
    rest = {line.number for line in read.lines} - set(taken) - set(wanted)
    move_quote(locked, verb="accept_part" if rest else "accept", now=now)
    lapse_releases(locked, "moved", actor=actor, now=now)
    record(
        "quote.accepted",
        locked.pk,
        actor=actor,
        now=now,
        company_id=locked.company_id,
        quote=locked.pk,
        number=locked.number,
        offer=offer.pk,
        offer_number=offer.number,
        hash=offer.content_hash,
        requisition=requisition.pk,
        lines=sorted(wanted),
        is_whole=not rest,
    )
    return requisition


def submit_purchase(
    cart: Cart,
    *,
    plan_hash: str,
    warnings_read: bool = False,
    actor: Actor,
    now: datetime,
) -> Requisition:
    """Submit a cart by its own way: one that takes an offer accepts it, every other is submitted.

    An edit of a requisition is the next revision, whatever it was bought by at first.
    """
    require_whole(cart)
    is_acceptance = cart.quoted and not cart.revises
    submit = accept_offer if is_acceptance else submit_cart
    return submit(cart, plan_hash=plan_hash, warnings_read=warnings_read, actor=actor, now=now)


def _offer_seen(quote: Quote, offer_hash: str) -> Offer:
    offer = quote.offers.filter(number=quote.offer_number).first()
    if offer is None or offer.content_hash != offer_hash:
        raise OfferNotAcceptable(str(REFUSALS["not_last"]), reason="not_last")
    return offer


def _refuse(
    read: negotiation.Offer,
    wanted: Mapping[int, int],
    quote: Quote,
    taken: object,
    today: object,
) -> None:
    code = negotiation.why_not_accepted(
        read,
        wanted,
        last_number=quote.offer_number,
        taken=taken,  # type: ignore[arg-type]
        today=today,  # type: ignore[arg-type]
    )
    if code:
        raise OfferNotAcceptable(str(REFUSALS[code]), reason=code)


def _find_prepared(
    quote: Quote, quoted: Mapping[str, str | int], purchased: Sequence[WantedLine], actor: Actor
) -> Cart | None:
    """The cart that an earlier click, or another tab, has made of the same lines."""
    wanted = Counter((line.product.pk, line.quantity, *(line.held or ())) for line in purchased)
    open_ones = Cart.objects.filter(
        company_id=quote.company_id,
        owner_id=actor.member_id,
        status=Cart.Status.OPEN,
        revises="",
        quoted__offer=quoted["offer"],
    ).order_by("-created_at", "pk")
    stated = ("product", "quantity", "held_price_minor", "held_quantity", "held_until")
    for cart in open_ones:
        if wanted == Counter(cart.lines.values_list(*stated)):
            return cart
    return None


def _lines(offer: Offer) -> list[OfferLine]:
    return list(offer.lines.select_related("product__category").order_by("number"))


def _header(quote: Quote, offer: Offer, actor: Actor) -> CartHeader:
    """The quote's name, and the places where the requester's purchases usually go."""
    places = usual_places(actor)
    return CartHeader(
        name=quote.name,
        currency=quote.currency,
        po_number="",
        references={},
        justification="",
        requested_on=None,
        ship_to_id=_id(places.ship_to),
        cost_center_id=_id(places.cost_center),
        bill_to_id=_id(places.bill_to),
        terms=offer.terms,
    )


def _id(chosen: Address | CostCenter | None) -> str:
    return chosen.pk if chosen else ""


def _wanted(line: OfferLine, quantity: int, read: negotiation.Offer, actor: Actor) -> WantedLine:
    """A line at the offered price, which holds as long as the line does."""
    terms = next(one for one in read.lines if one.number == line.number)
    price = line.unit_price_minor
    if line.product is None or price is None:
        raise RuntimeError(f"line {line.pk} of an offer has no product or no price")
    until = negotiation.valid_until(read, terms)
    held = held_today(line.product, price, line.price_quantity, quantity, until)
    if held is None:
        raise OfferNotAcceptable(str(REFUSALS["expired"]), reason="expired")
    return WantedLine(
        product=line.product,
        quantity=quantity,
        splits=(Split(quantity, "", "", None),),
        added_by_id=actor.member_id,
        held=held,
        note=line.note,
    )


def _quoted(
    quote: Quote, offer: Offer, lines: list[OfferLine], wanted: Mapping[int, int]
) -> dict[str, str | int]:
    """What the cart says about its offer: all that the plan and the frozen content tell of it."""
    usual = offered = 0
    for line in lines:
        quantity = wanted[line.number]
        if line.list_price_minor and line.unit_price_minor is not None:
            usual += line.list_price_minor * quantity * 1000 // line.price_quantity
            offered += line.unit_price_minor * quantity * 1000 // line.price_quantity
    return {
        "quote": quote.pk,
        "number": quote.number,
        "offer": offer.pk,
        "offer_number": offer.number,
        "discount_basis_points": max((usual - offered) * 10_000 // usual, 0) if usual else 0,
    }


def _as_offered(cart: Cart, offer: Offer) -> dict[int, int]:
    """What the cart takes, by line number; raises ``InvalidInput`` for what was not offered."""
    if terms_of(cart.company, cart.terms) != offer.terms:
        raise InvalidInput(
            "terms",
            "not_as_offered",
            _("The offer has other terms of payment: choose those, or ask for another offer."),
        )
    offered = {line.product_id: line for line in offer.lines.all()}
    wanted = {}
    for line in CartLine.objects.filter(cart=cart).select_related("product"):
        found = offered.get(line.product_id)
        if found is None:
            raise InvalidInput(
                "lines",
                "not_offered",
                _("%(sku)s is not part of the offer: buy it with another cart.")
                % {"sku": line.product.sku},
            )
        wanted[found.number] = line.quantity
        if line.held_quantity != line.quantity or not _is_price_of(found, line):
            raise InvalidInput(
                "lines",
                "not_as_offered",
                _("The quantity of %(sku)s is not the one that was chosen from the offer.")
                % {"sku": line.product.sku},
            )
    return wanted


def _is_price_of(offered: OfferLine, line: CartLine) -> bool:
    """Whether a piece costs in the cart what was offered, however many a price is for by now."""
    if line.held_price_minor is None or offered.unit_price_minor is None:
        return False
    price = Fraction(line.held_price_minor, line.product.price_quantity)
    return price == Fraction(offered.unit_price_minor, offered.price_quantity)
