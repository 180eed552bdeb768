"""Where a conversation stands: the thing that it is about, as one reader may see it.

A thread knows who listens, never what it is about: carts, requisitions, orders, quotes and
links point down to theirs. This is the one place that looks from a thread to them.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from placet.carts.link_permissions import can_answer_outside, can_revoke_share_link
from placet.carts.links import name_of_thing
from placet.carts.models import Cart, CartLine, ShareLink
from placet.carts.permissions import can_comment_on_cart, can_view_cart
from placet.carts.queries import get_cart
from placet.companies.refusals import Refusal
from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.orders.models import Order
from placet.orders.queries import list_orders
from placet.orders.talking import can_write_about_order
from placet.quotes.models import Quote, QuoteLineThread
from placet.quotes.permissions import can_write_about_quote
from placet.quotes.queries import list_quotes
from placet.requisitions.models import Requisition, RevisionLine
from placet.requisitions.permissions import can_comment_on_requisition
from placet.requisitions.queries import list_requisitions
from placet.threads.models import Thread
from placet.threads.queries import get_thread

Kind = Literal["cart", "requisition", "order", "quote", "link"]
Subject = Cart | Requisition | Order | Quote | ShareLink


class Place(NamedTuple):
    """A conversation with what it is about. ``line`` is a number, 0 for the whole thing.

    ``refusal`` says why the reader may only look. ``cart_line`` is the line of a cart.
    """

    kind: Kind
    thread: Thread
    subject: Subject
    name: str
    line: int
    line_name: str
    refusal: Refusal | None
    cart_line: CartLine | None = None


def find_place(actor: Actor, thread_id: str) -> Place:
    """The conversation and its thing; raises ``NotFound`` where either is out of reach."""
    thread = get_thread(actor, thread_id)
    if thread.audience == Thread.Audience.OUTSIDE:
        found = _link(actor, thread)
    elif thread.audience == Thread.Audience.SUPPLIER:
        found = _order(actor, thread) or _quote(actor, thread)
    else:
        found = _requisition(actor, thread) or _cart(actor, thread)
    if found is None:
        raise NotFound(_("There is no such conversation."))
    return found


def _order(actor: Actor, thread: Thread) -> Place | None:
    order = list_orders(actor).filter(supplier_thread=thread).first()
    if order is None:
        return None
    return Place("order", thread, order, order.name, 0, "", can_write_about_order(actor, order))


def _quote(actor: Actor, thread: Thread) -> Place | None:
    about_line = QuoteLineThread.objects.filter(thread=thread).first()
    key = Q(pk=about_line.quote_id) if about_line else Q(thread=thread)
    quote = list_quotes(actor).filter(key).first()
    if quote is None:
        return None
    line = about_line.line_number if about_line else 0
    return Place("quote", thread, quote, quote.name, line, "", can_write_about_quote(actor, quote))


def _link(actor: Actor, thread: Thread) -> Place | None:
    """For whoever may end the link, and for all who see the cart that it leads to."""
    links = ShareLink.objects.filter(thread=thread, company_id=actor.company_id)
    link = links.select_related(
        "cart__owner__user", "purchase_list__owner__user", "created_by__user"
    ).first()
    if link is None:
        return None
    sees_cart = link.cart is not None and can_view_cart(actor, link.cart) is None
    if not sees_cart and can_revoke_share_link(actor, link) is not None:
        return None
    return Place("link", thread, link, name_of_thing(link), 0, "", can_answer_outside(actor, link))


def _requisition(actor: Actor, thread: Thread) -> Place | None:
    within = list_requisitions(actor).filter(company_id=actor.company_id)
    found = (
        within.filter(thread=thread).first()
        or within.filter(revisions__lines__thread=thread).first()
    )
    if found is None:
        return None
    line = _line(found, thread)
    refusal = can_comment_on_requisition(actor, found)
    if line is None and found.thread_id != thread.pk:
        refusal = refusal or Refusal("line_gone", _("This line is not in the purchase any more."))
    number, name = (line.number, line.name) if line else (0, "")
    return Place("requisition", thread, found, found.name, number, name, refusal)


def _line(requisition: Requisition, thread: Thread) -> RevisionLine | None:
    rows = RevisionLine.objects.filter(revision=requisition.revision_id, thread=thread)
    return rows.first()


def _cart(actor: Actor, thread: Thread) -> Place | None:
    line = CartLine.objects.select_related("product").filter(thread=thread).first()
    cart = Cart.objects.filter(thread=thread).first()
    cart_id = line.cart_id if line else cart.pk if cart else ""
    try:
        found = get_cart(actor, cart_id)
    except NotFound:
        return None
    number = found.lines.filter(position__lte=line.position).count() if line else 0
    if line:
        line.cart = found
    return Place(
        kind="cart",
        thread=thread,
        subject=found,
        name=found.name,
        line=number,
        line_name=line.product.name if line else "",
        refusal=can_comment_on_cart(actor, found),
        cart_line=line,
    )
