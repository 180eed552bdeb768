"""Who can be named in a conversation, and under which name its people appear to a reader."""

from __future__ import annotations

from placet.carts.models import Cart
from placet.carts.permissions import can_manage_cart
from placet.carts.queries import list_people_of_cart
from placet.companies.models import Member
from placet.conversations.places import Place
from placet.core.actor import Actor
from placet.orders.models import Order
from placet.orders.talking import list_buyers_side, list_suppliers_side
from placet.requisitions.models import Requisition
from placet.requisitions.talking import list_audience
from placet.threads.models import Comment

MOST_PEOPLE = 60


def list_nameable(place: Place, actor: Actor) -> list[Member]:
    """The colleagues whom naming reaches: they see it, or the owner of the cart invites them."""
    if place.refusal is not None:
        return []
    rows = Member.objects.filter(
        company_id=actor.company_id, status=Member.Status.ACTIVE, user__is_active=True
    ).exclude(pk=actor.member_id)
    reached = _reached(place, actor)
    if reached is not None:
        rows = rows.filter(pk__in=reached)
    return list(rows.select_related("user").order_by("user__name", "pk")[:MOST_PEOPLE])


def name_for(comment: Comment, reader: Actor) -> str:
    """Who said it, as this reader may know them: to a customer the supplier is one."""
    author = comment.author
    if author is None:
        return comment.guest_name
    if author.company.kind == "merchant" and not reader.is_merchant:
        return str(author.company.name)
    return str(author.user.name)


def _reached(place: Place, actor: Actor) -> set[str] | None:
    """Ids of those who see it; nothing where everybody of the company can be invited."""
    subject = place.subject
    if isinstance(subject, Cart):
        if can_manage_cart(actor, subject) is None:
            return None
        return list_people_of_cart(subject)
    if isinstance(subject, Requisition):
        return list_audience(subject)
    if isinstance(subject, Order):
        return list_suppliers_side(subject) if actor.is_merchant else list_buyers_side(subject)
    # A link's readers are outside, and a quote tells both sides anyway.
    return set()
