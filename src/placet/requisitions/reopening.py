"""The cart of a requisition: filled with what its current revision says."""

from __future__ import annotations

from placet.carts.filling import CartHeader
from placet.carts.models import Cart
from placet.orders.content import Content
from placet.plans.frozen import day_of, main_cost_center, main_ship_to
from placet.requisitions.models import Requisition


def header_of(content: Content) -> CartHeader:
    """What stands above the lines of a frozen purchase, for a cart."""
    references = dict(content.references)
    po_number = references.pop("po", "")
    return CartHeader(
        name=content.name,
        currency=content.currency,
        po_number=po_number,
        references=references,
        justification=content.justification,
        requested_on=day_of(content.requested_on),
        ship_to_id=main_ship_to(content),
        cost_center_id=main_cost_center(content),
        bill_to_id=content.bill_to.id if content.bill_to else "",
        terms=content.terms,
    )


def find_cart(requisition: Requisition) -> Cart | None:
    """The cart that the requisition came from; none where it came in without one."""
    return (
        Cart.objects.filter(pk=requisition.cart_id, company_id=requisition.company_id)
        .select_related("owner__user")
        .prefetch_related("grants")
        .first()
    )


def is_own_cart(requisition: Requisition) -> bool:
    """Whether the cart that it came from has made no other purchase since.

    An edit that came too late may have been kept as a new purchase, in the same cart.
    """
    same = Requisition.objects.filter(cart_id=requisition.cart_id).exclude(pk=requisition.pk)
    return not same.filter(submitted_at__gt=requisition.submitted_at).exists()


def find_open_edit(requisition: Requisition) -> Cart | None:
    """The open cart in which the requisition is edited now."""
    return (
        Cart.objects.filter(
            revises=requisition.pk, company_id=requisition.company_id, status=Cart.Status.OPEN
        )
        .select_related("owner__user")
        .first()
    )
