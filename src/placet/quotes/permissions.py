"""Who may ask for prices, see a negotiation and speak in it; each answer is a reason, or None."""

from __future__ import annotations

from django.utils.translation import gettext as _

from placet.companies.customer_scope import can_see_customer, has_in_scope
from placet.companies.permissions import ORDER_SUBMIT, PURCHASE_VIEW_ALL, QUOTE_MANAGE, can_do
from placet.companies.refusals import Refusal
from placet.core.actor import Actor
from placet.policy.lifecycles import QUOTE, allowed
from placet.quotes.models import Quote, Side
from placet.quotes.sides import side_of


def can_ask_for_quote(actor: Actor) -> Refusal | None:
    """Whoever may submit purchases for their unit may ask what they would cost."""
    if actor.is_merchant or not actor.member_id:
        return Refusal("buyers_only", _("Only members of a buying company ask for a quote."))
    return can_do(actor, ORDER_SUBMIT, actor.unit_path)


def can_view_quote(actor: Actor, quote: Quote) -> Refusal | None:
    """Its requester, colleagues who see all purchases of the unit, and the merchant's desk.

    The merchant knows nothing of a draft.
    """
    hidden = Refusal("not_found", _("There is no such quote."))
    if actor.is_system:
        return None
    if actor.is_merchant:
        is_asked = quote.status not in (Quote.Status.DRAFT, Quote.Status.DISCARDED)
        is_theirs = actor.holds(QUOTE_MANAGE) and has_in_scope(actor, quote.company_id)
        return None if is_asked and is_theirs else hidden
    if quote.company_id != actor.company_id:
        return hidden
    is_own = quote.requester_id == actor.member_id
    sees_all = actor.holds(PURCHASE_VIEW_ALL, unit_path=quote.unit.path)
    return None if is_own or (sees_all and quote.status != Quote.Status.DRAFT) else hidden


def can_negotiate(actor: Actor, quote: Quote) -> Refusal | None:
    """For the buyer the requester alone; for the merchant whoever works on quotes: people, both."""
    if not actor.member_id:
        return Refusal("members_only", _("People negotiate: let the key act for a member."))
    if actor.is_merchant:
        return can_do(actor, QUOTE_MANAGE) or can_see_customer(actor, quote.company_id)
    if actor.company_id != quote.company_id or quote.requester_id != actor.member_id:
        return Refusal("requester_only", _("Only the requester negotiates for the company."))
    return None


def can_write_about_quote(actor: Actor, quote: Quote) -> Refusal | None:
    """Once it was sent: for the buyer its requester, for the merchant whoever works on quotes."""
    refusal = can_negotiate(actor, quote)
    if refusal is not None:
        return refusal
    if quote.offer_number == 0:
        return Refusal("unsent", _("Send the request first: nobody there reads it yet."))
    return None


def can_move_quote(actor: Actor, quote: Quote, verb: str) -> Refusal | None:
    """Whether the actor may do this now (a verb of the lifecycle), by side and by state."""
    refusal = can_negotiate(actor, quote)
    if refusal is not None:
        return refusal
    if SIDES.get(verb, side_of(actor)) != side_of(actor):
        return Refusal("other_side", _("This is for the other side to do."))
    if verb not in allowed(QUOTE, quote.status):
        return Refusal("state", _("The quote is %(status)s now.") % {"status": quote.status})
    return None


def can_ask_again(actor: Actor, quote: Quote) -> Refusal | None:
    """Whoever may ask for quotes, about one that has ended without being taken."""
    if quote.status not in ENDED:
        return Refusal("state", _("This quote is still open."))
    return can_ask_for_quote(actor)


def can_keep_templates(actor: Actor) -> Refusal | None:
    """The merchant's people who work on quotes."""
    if not actor.is_merchant or not actor.member_id:
        return Refusal("merchant_only", _("Only the supplier keeps templates of offers."))
    return can_do(actor, QUOTE_MANAGE)


def can_assign_quote(actor: Actor) -> Refusal | None:
    """The merchant's people who work on quotes say among themselves who answers."""
    if not actor.is_merchant or not actor.member_id:
        return Refusal("merchant_only", _("Only the supplier says who answers a quote."))
    return can_do(actor, QUOTE_MANAGE)


ENDED = (
    Quote.Status.ACCEPTED,
    Quote.Status.DECLINED,
    Quote.Status.WITHDRAWN,
    Quote.Status.EXPIRED,
)
SIDES = {
    "request": Side.BUYER,
    "discard": Side.BUYER,
    "counter": Side.BUYER,
    "accept": Side.BUYER,
    "withdraw": Side.BUYER,
    "offer": Side.MERCHANT,
}
"""By verb, the only side that may; both sides may decline."""
