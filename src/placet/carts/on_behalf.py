"""The carts that the merchant's staff fill for customers: theirs alone, in nobody's lists."""

from __future__ import annotations

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from placet.carts.models import Cart, CartLine
from placet.companies.models import Company, Member, RoleGrant
from placet.companies.on_behalf import can_order_for
from placet.companies.permissions import ORDER_SUBMIT
from placet.companies.queries import list_companies
from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import NotFound


def get_orderer(actor: Actor, company_id: str) -> Company:
    """The customer for whom the actor orders.

    Raises ``NotFound`` for customers whom they do not see, ``Forbidden`` where they may not.
    """
    company = list_companies(actor).filter(pk=company_id).first() if actor.is_merchant else None
    if company is None:
        raise NotFound(_("There is no such company."))
    refuse(can_order_for(actor, company))
    return company


def list_orderers(company: Company) -> list[Member]:
    """The members of a customer who submit purchases themselves, by name."""
    active = Member.objects.filter(
        company=company, status=Member.Status.ACTIVE, user__is_active=True
    )
    submits = {
        grant.member_id
        for grant in RoleGrant.objects.filter(member__in=active).select_related("role")
        if ORDER_SUBMIT in grant.role.permissions
    }
    rows = active.filter(pk__in=sorted(submits)).select_related("user", "company", "unit")
    return list(rows.order_by("user__name", "id"))


def list_staff_carts(actor: Actor, company: Company) -> QuerySet[Cart]:
    """The open carts that the actor fills for a customer, last changed first."""
    return (
        Cart.objects.filter(
            company=company, staff_id=actor.member_id or None, status=Cart.Status.OPEN
        )
        .exclude(staff=None)
        .select_related("owner__user", "company")
        .annotate(line_count=Count("lines"))
        .order_by("-changed_at", "-id")
    )


def get_staff_cart(actor: Actor, company_id: str, cart_id: str) -> Cart:
    """One of the actor's own carts for a customer; ``NotFound`` for every other."""
    company = get_orderer(actor, company_id)
    found = (
        Cart.objects.filter(pk=cart_id, company=company, staff_id=actor.member_id or None)
        .exclude(staff=None)
        .select_related(
            *("company", "unit", "owner__user", "owner__company", "ship_to", "bill_to"),
            *("cost_center", "thread", "given_by__user", "staff__user"),
        )
        .first()
    )
    if found is None:
        raise NotFound(_("There is no such cart, or you have ordered with it."))
    return found


def get_staff_line(actor: Actor, company_id: str, cart_id: str, line_id: str) -> CartLine:
    """A line of one of them."""
    cart = get_staff_cart(actor, company_id, cart_id)
    found = cart.lines.select_related("product").filter(pk=line_id).first()
    if found is None:
        raise NotFound(_("This line is no longer in the cart."))
    found.cart = cart
    return found
