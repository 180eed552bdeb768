"""Who writes and who listens when buyer and supplier talk about an order."""

from __future__ import annotations

from django.utils.translation import gettext as _

from placet.companies.customer_scope import can_see_customer, keep_who_sees
from placet.companies.models import Member, RoleGrant
from placet.companies.permissions import (
    ORDER_APPROVE,
    ORDER_PROCESS,
    ORDER_SUBMIT,
    PURCHASE_VIEW_ALL,
)
from placet.companies.queries import get_merchant
from placet.companies.refusals import Refusal
from placet.core.actor import Actor, is_within
from placet.orders.models import Order
from placet.orders.permissions import can_process_orders


def can_write_about_order(actor: Actor, order: Order) -> Refusal | None:
    """Who writes to the other side: its buyer, colleagues who order or approve, and the desk.

    Whoever cannot see the order is told nothing of it before this is asked.
    """
    if actor.is_merchant:
        return can_process_orders(actor) or can_see_customer(actor, order.company_id)
    mine = order.company_id == actor.company_id and actor.member_id
    takes_part = actor.holds_anywhere(ORDER_SUBMIT) or actor.holds_anywhere(ORDER_APPROVE)
    if mine and (order.buyer_id == actor.member_id or takes_part):
        return None
    return Refusal("buyers_only", _("Only people who order or approve write to the supplier."))


def list_buyers_side(order: Order) -> set[str]:
    """The members of the buying company who see the order: its buyer, and who sees all there."""
    path = order.buyer.unit.path
    return {order.buyer_id} | {
        grant.member_id
        for grant in _grants(order.company_id)
        if PURCHASE_VIEW_ALL in grant.role.permissions
        and is_within(path, grant.unit.path if grant.unit else "")
    }


def list_suppliers_side(order: Order) -> set[str]:
    """The merchant's people who process orders, and may see this customer."""
    desk = {
        grant.member_id
        for grant in _grants(get_merchant().pk)
        if ORDER_PROCESS in grant.role.permissions
    }
    return keep_who_sees(desk, order.company_id)


def _grants(company_id: str) -> list[RoleGrant]:
    active = Member.Status.ACTIVE
    rows = RoleGrant.objects.filter(member__company_id=company_id, member__status=active)
    return list(rows.select_related("role", "unit"))
