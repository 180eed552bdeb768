"""What the desk has with customers today: a change, a telephone order, who is new or stopped."""

from __future__ import annotations

from datetime import datetime

from placet.carts.actions import change_line, create_cart, describe_cart
from placet.carts.actions.staff_carts import begin_cart_for, describe_cart_for, paste_lines_for
from placet.carts.models import Cart
from placet.carts.pricing import price_cart
from placet.companies.actions import suspend_company
from placet.companies.models import CompanyApplication
from placet.core.actor import Actor
from placet.demo.loading.carts import describe, fill_cart
from placet.demo.loading.registry import Registry
from placet.demo.world import desk
from placet.demo.world.companies import NORDEN
from placet.requisitions.actions import edit_requisition, submit_cart
from placet.requisitions.actions.applications import accept_application, apply_for_company
from placet.requisitions.actions.order_on_behalf import order_on_behalf
from placet.requisitions.models import Requisition
from placet.requisitions.planning import plan_purchase
from placet.requisitions.staff_outlook import read_outlook


def load_desk_customers(registry: Registry) -> None:
    """By the actions of those who do it, at the moment of loading."""
    _change_order(registry)
    _order_for(registry)
    _apply(registry, desk.APPLYING)
    _stop_somebody(registry)


def _change_order(registry: Registry) -> None:
    """What was free is ordered, and becomes more than its buyer may have without being asked."""
    wanted, now = desk.CHANGING, registry.now
    actor = registry.actor(wanted.buyer)
    cart = create_cart(wanted.name, actor=actor, now=now)
    describe(
        cart,
        member=wanted.buyer,
        cost_center=wanted.cost_center,
        ship_to=wanted.ship_to,
        registry=registry,
        now=now,
    )
    describe_cart(cart, po_number=wanted.po_number, actor=actor, now=now)
    fill_cart(cart, wanted.lines, member=wanted.buyer, registry=registry, now=now)
    ordered = _submit(cart, actor, now)
    changed = edit_requisition(ordered, actor=actor, now=now)
    change_line(changed.lines.get(), quantity=wanted.quantity, actor=actor, now=now)
    _submit(changed, actor, now)


def _submit(cart: Cart, actor: Actor, now: datetime) -> Requisition:
    fresh = Cart.objects.get(pk=cart.pk)
    shown = plan_purchase(fresh, price_cart(fresh, now=now), actor=actor, now=now)
    return submit_cart(fresh, plan_hash=shown.planned.hash, actor=actor, now=now)


def _order_for(registry: Registry) -> None:
    """It goes where the member's last purchase went, and waits for the customer's own people."""
    wanted, now = desk.ORDERED_FOR, registry.now
    staff, member = registry.actor(wanted.staff), registry.members[wanted.member]
    cart = begin_cart_for(member, reason=wanted.reason, name=wanted.name, actor=staff, now=now)
    paste_lines_for(cart, text=wanted.text, actor=staff, now=now)
    ship_to = registry.addresses[wanted.ship_to].pk
    cart = describe_cart_for(cart, ship_to_id=ship_to, actor=staff, now=now)
    shown = read_outlook(cart, actor=staff, now=now)
    order_on_behalf(cart, plan_hash=shown.plan_hash, actor=staff, now=now)


def _apply(registry: Registry, applicant: desk.Applicant) -> CompanyApplication:
    return apply_for_company(
        applicant.name,
        applicant_name=applicant.person,
        email=applicant.email,
        tax_number=applicant.tax_number,
        message=applicant.message,
        time_zone="Europe/Berlin",
        actor=registry.system(NORDEN),
        now=registry.now,
    )


def _stop_somebody(registry: Registry) -> None:
    """A customer of today who ordered nothing yet, and may not before the store has asked."""
    erik, now = registry.actor("erik"), registry.now
    slug, terms = desk.ACCEPTED_AS
    application = _apply(registry, desk.ACCEPTED)
    company = accept_application(application, slug=slug, payment_terms=terms, actor=erik, now=now)
    suspend_company(company, reason=desk.SUSPENDED_BECAUSE, actor=erik, now=now)
