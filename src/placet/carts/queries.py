"""Reading carts: one's own, and those that colleagues share."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from placet.carts.models import Cart, CartLine
from placet.carts.permissions import can_view_cart
from placet.core.actor import Actor
from placet.core.errors import NotFound


def get_cart(actor: Actor, cart_id: str) -> Cart:
    """A cart that the actor owns or that was shared with them; raises ``NotFound`` for all others.

    With its grants, so that asking the permissions costs nothing more.
    """
    found = (
        Cart.objects.filter(pk=cart_id, company_id=actor.company_id)
        .select_related(
            *("company", "unit", "owner__user", "cost_center", "ship_to", "bill_to", "thread")
        )
        .prefetch_related("grants__member__user")
        .first()
    )
    if found is None or can_view_cart(actor, found) is not None:
        raise NotFound(_("There is no such cart, or it is not shared with you."))
    return found


def list_carts(actor: Actor, *, status: str = Cart.Status.OPEN) -> QuerySet[Cart]:
    """The actor's carts and those shared with them, last changed first, with ``line_count``."""
    return (
        Cart.objects.filter(company_id=actor.company_id, status=status)
        .filter(Q(owner_id=actor.member_id) | Q(grants__member_id=actor.member_id))
        .annotate(line_count=Count("lines", distinct=True))
        .select_related("owner__user", "unit")
        .order_by("-changed_at", "-id")
    )


def get_cart_line(actor: Actor, cart_id: str, line_id: str) -> CartLine:
    """A line of a cart within the actor's reach; raises ``NotFound``."""
    cart = get_cart(actor, cart_id)
    found = cart.lines.select_related("product", "thread").filter(pk=line_id).first()
    if found is None:
        raise NotFound(_("This line is no longer in the cart."))
    found.cart = cart
    return found
