"""A conversation on a page of its own: what it is about, who listens, what was said."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from placet.carts.models import Cart, ShareLink
from placet.companies.models import Company, Member
from placet.companies.queries import get_merchant
from placet.conversations.people import list_nameable
from placet.conversations.places import Place
from placet.core.actor import Actor
from placet.orders.models import Order
from placet.quotes.models import Quote
from placet.threads.models import Comment, Thread
from placet.threads.queries import list_comments
from placet.web.shell import company_url


class Way(NamedTuple):
    """Where the thing stands: the list that it is in, and its own page."""

    list_label: str | Promise
    list_url: str
    url: str


class ThreadPage(NamedTuple):
    """Everything that the page of a conversation shows.

    ``listener`` is whoever reads it beside the reader's company; empty where nobody does.
    """

    place: Place
    way: Way
    comments: list[Comment]
    people: list[Member]
    listener: str
    other: Company | None

    @property
    def may_speak(self) -> bool:
        """Whether the reader takes part."""
        return self.place.refusal is None


def read_thread(actor: Actor, place: Place) -> ThreadPage:
    """The page of one conversation, in a number of queries that does not grow with it."""
    is_suppliers = place.thread.audience == Thread.Audience.SUPPLIER
    other = None
    if is_suppliers:
        other = place.thread.company if actor.is_merchant else get_merchant()
    return ThreadPage(
        place=place,
        way=way_to(actor, place),
        comments=list_comments(actor, [place.thread.pk])[place.thread.pk],
        people=list_nameable(place, actor),
        listener=other.name if other else "",
        other=other,
    )


def way_to(actor: Actor, place: Place) -> Way:
    """The page of what a conversation is about."""
    subject = place.subject
    if isinstance(subject, Order):
        url = company_url(actor, "order", subject.number) + "#h-supplier"
        return Way(_("Orders"), company_url(actor, "orders"), url)
    if isinstance(subject, Quote):
        return Way(
            _("Quotes"), company_url(actor, "quotes"), company_url(actor, "quote", subject.pk)
        )
    if isinstance(subject, ShareLink):
        return _way_to_link(actor, subject)
    if isinstance(subject, Cart):
        place_on_page = f"#reply-{place.cart_line.pk}" if place.cart_line else "#talk"
        url = company_url(actor, "cart", subject.pk) + place_on_page
        return Way(_("Carts"), company_url(actor, "carts"), url)
    place_on_page = f"#talk-{place.line}" if place.line else "#h-talk"
    url = company_url(actor, "requisition", subject.number) + place_on_page
    return Way(_("Requisitions"), company_url(actor, "requisitions"), url)


def _way_to_link(actor: Actor, link: ShareLink) -> Way:
    if link.cart_id:
        url = company_url(actor, "cart", link.cart_id)
        return Way(_("Carts"), company_url(actor, "carts"), url)
    url = company_url(actor, "list", link.purchase_list_id)
    return Way(_("Lists"), company_url(actor, "lists"), url)
