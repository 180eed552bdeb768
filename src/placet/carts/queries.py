"""Reading carts: one's own, and those that colleagues share."""

from __future__ import annotations

from functools import reduce
from typing import Literal

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from placet.carts.models import Cart, CartGrant, CartLine, CartVisit
from placet.carts.permissions import can_view_cart
from placet.companies.models import Member
from placet.core.actor import Actor
from placet.core.errors import NotFound

Whose = Literal["", "mine", "shared", "unit"]
MOST_IN_MENU = 8


def get_cart(actor: Actor, cart_id: str) -> Cart:
    """A cart that the actor owns or that was shared with them; raises ``NotFound`` for all others.

    With its grants, so that asking the permissions costs nothing more.
    """
    found = (
        Cart.objects.filter(pk=cart_id, company_id=actor.company_id)
        .select_related(
            *("company", "unit", "owner__user", "given_by__user"),
            *("cost_center", "ship_to", "bill_to", "thread"),
        )
        .prefetch_related(_grants_of_carts())
        .first()
    )
    if found is None or can_view_cart(actor, found) is not None:
        raise NotFound(_("There is no such cart, or it is not shared with you."))
    return found


def _grants_of_carts() -> Prefetch[str]:
    """The grants of carts with whom they name, in one query for all of them."""
    return Prefetch("grants", CartGrant.objects.select_related("member__user", "unit"))


def list_carts(
    actor: Actor, *, status: str = Cart.Status.OPEN, whose: Whose = "", text: str = ""
) -> QuerySet[Cart]:
    """The actor's carts and those shared with them, last changed first, with ``line_count``.

    ``whose``: ``mine``, ``shared`` with the actor by name, or with a ``unit`` of theirs. Each word
    of ``text`` is looked for in the name, the PO number and the owner's name.
    """
    lines = CartLine.objects.filter(cart=OuterRef("pk")).order_by().values("cart")
    lines = lines.annotate(lines=Count("pk"))
    found = (
        Cart.objects.filter(company_id=actor.company_id, status=status)
        .filter(_reached(actor, whose))
        .annotate(line_count=Coalesce(Subquery(lines.values("lines")), 0))
        .select_related("owner__user", "unit")
        .order_by("-changed_at", "-id")
    )
    for word in text.split()[:8]:
        found = found.filter(
            Q(name__icontains=word)
            | Q(po_number__icontains=word)
            | Q(owner__user__name__icontains=word)
        )
    return found


def list_last_used(actor: Actor, limit: int = MOST_IN_MENU) -> list[Cart]:
    """The open carts that the actor can reach, that which they used last first; with its grants.

    Used is opened; a cart that they never opened counts from when it began.
    """
    visit = CartVisit.objects.filter(cart=OuterRef("pk"), member_id=actor.member_id)
    carts = list_carts(actor).annotate(
        used_at=Coalesce(Subquery(visit.values("seen_at")[:1]), F("created_at"))
    )
    return list(carts.order_by("-used_at", "-id").prefetch_related(_grants_of_carts())[:limit])


def list_people_of_cart(cart: Cart) -> set[str]:
    """The ids of the members who see a cart: its owner, and all whom a grant of it reaches.

    A grant to a unit reaches the active members of it and of the units below.
    """
    grants = cart.grants.select_related("unit")
    found = {cart.owner_id, *(grant.member_id for grant in grants if grant.member_id)}
    paths = [grant.unit.path for grant in grants if grant.unit is not None]
    if not paths:
        return found
    below = reduce(Q.__or__, (Q(unit__path__startswith=path) for path in paths))
    there = Member.objects.filter(below, company_id=cart.company_id, status=Member.Status.ACTIVE)
    return found | set(there.values_list("pk", flat=True))


def find_cart_version(actor: Actor, cart_id: str) -> int | None:
    """The version of a cart within the actor's reach, ``None`` for any other; one query."""
    reached = Cart.objects.filter(_reached(actor, ""), pk=cart_id, company_id=actor.company_id)
    return reached.values_list("version", flat=True).first()


def get_cart_line(actor: Actor, cart_id: str, line_id: str) -> CartLine:
    """A line of a cart within the actor's reach; raises ``NotFound``."""
    cart = get_cart(actor, cart_id)
    found = cart.lines.select_related("product", "thread").filter(pk=line_id).first()
    if found is None:
        raise NotFound(_("This line is no longer in the cart."))
    found.cart = cart
    return found


def _reached(actor: Actor, whose: Whose) -> Q:
    """The same as ``can_view_cart``, as a condition on carts of the actor's company."""
    if actor.staff_member_id:
        return Q(owner_id=actor.member_id, staff_id=actor.staff_member_id)
    return Q(staff=None) & _reached_by_members(actor, whose)


def _reached_by_members(actor: Actor, whose: Whose) -> Q:
    grants = CartGrant.objects.filter(cart=OuterRef("pk"))
    mine = Q(owner_id=actor.member_id)
    by_name = Q(Exists(grants.filter(member_id=actor.member_id)))
    by_unit = Q(Exists(grants.filter(unit_id__in=actor.unit_path.strip("/").split("/"))))
    if whose == "mine":
        return mine
    if whose == "shared":
        return ~mine & by_name
    if whose == "unit":
        return ~mine & by_unit
    return mine | by_name | by_unit
