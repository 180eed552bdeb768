"""What an order, its budget, its stock and its history hold, in a few words for stories of it."""

from __future__ import annotations

from typing import NamedTuple

from placet.budgets.models import Budget, PeriodCounter, Reservation
from placet.carts.actions import change_line, describe_cart
from placet.carts.models import Cart, CartLine
from placet.carts.pricing import price_cart
from placet.catalog.models import Product
from placet.core.actor import Actor
from placet.events.models import Event
from placet.orders.models import Order
from placet.orders.queries import find_order_of
from placet.plans.models import PurchasedLine
from placet.requisitions.actions import edit_requisition, submit_cart
from placet.requisitions.models import Requisition
from placet.requisitions.planning import ShownPlan, plan_purchase
from tests.cast import Cast
from tests.requisitions.road import fill_cart, submit


class Held(NamedTuple):
    """What one order of Lena's takes everywhere, in minor units and pieces."""

    committed: int
    reserved: int
    counted: int
    bought: int
    stock: dict[str, int]


def held(cast: Cast) -> Held:
    """Sums of Meridian's budget, Lena's year, the history, and what is left of each product."""
    budget = Budget.objects.get(company_id=cast.company["meridian"], account="budget")
    year = PeriodCounter.objects.filter(member_id=cast.member["lena"], period="year")
    lines = PurchasedLine.objects.filter(member_id=cast.member["lena"])
    return Held(
        committed=budget.committed_minor,
        reserved=budget.reserved_minor,
        counted=sum(row.spend_minor for row in year),
        bought=sum(row.total_minor for row in lines),
        stock=dict(Product.objects.values_list("sku", "stock")),
    )


def by_stock_alone(*skus: str, stock: int = 1_000) -> None:
    """There are so many of these and no more."""
    Product.objects.filter(sku__in=skus).update(sells_beyond_stock=False, stock=stock)


def ordered(cast: Cast, *lines: tuple[str, int]) -> Order:
    """A purchase of Lena's that nobody has to approve, ordered."""
    requisition = submit(fill_cart(cast, *lines), actor=cast.lena, now=cast.now)
    return order_of(requisition)


def order_of(requisition: Requisition) -> Order:
    """The order of a requisition; fails where there is none."""
    order = find_order_of(requisition.pk)
    assert order is not None
    return order


def requisition_of(order: Order) -> Requisition:
    """Where an order comes from, as it is now."""
    found = Requisition.objects.select_related("revision", "company", "requester__user", "unit")
    return found.get(pk=order.requisition_id)


def open_change(order: Order, cast: Cast, actor: Actor | None = None) -> Cart:
    """The cart in which an order is changed."""
    return edit_requisition(requisition_of(order), actor=actor or cast.lena, now=cast.now)


def shown(cart: Cart, cast: Cast, actor: Actor | None = None) -> ShownPlan:
    """What resubmitting would mean."""
    fresh = Cart.objects.get(pk=cart.pk)
    priced = price_cart(fresh, now=cast.now)
    return plan_purchase(fresh, priced, actor=actor or cast.lena, now=cast.now)


def send_change(cart: Cart, cast: Cast, actor: Actor | None = None) -> Requisition:
    """Submit the changed cart with the plan that is shown."""
    fresh = Cart.objects.get(pk=cart.pk)
    plan_hash = shown(cart, cast, actor).planned.hash
    return submit_cart(fresh, plan_hash=plan_hash, actor=actor or cast.lena, now=cast.now)


def change_to(order: Order, cast: Cast, actor: Actor | None = None, **quantities: int) -> Order:
    """Change the quantities of lines, by SKU with underscores, and submit; the order as it is."""
    cart = open_change(order, cast, actor)
    for name, quantity in quantities.items():
        line = CartLine.objects.select_related("cart", "product").get(
            cart=cart, product__sku=name.replace("_", "-")
        )
        change_line(line, quantity=quantity, actor=actor or cast.lena, now=cast.now)
    send_change(cart, cast, actor)
    order.refresh_from_db()
    return order


def mark(order: Order, cast: Cast, po_number: str) -> Order:
    """Change nothing but the PO number."""
    cart = open_change(order, cast)
    cart = describe_cart(cart, po_number=po_number, actor=cast.lena, now=cast.now)
    send_change(cart, cast)
    order.refresh_from_db()
    return order


def told(order: Order) -> list[str]:
    """What is recorded about an order, in its order."""
    rows = Event.objects.filter(subject=order.pk, type__startswith="order.").order_by("seq")
    return list(rows.values_list("type", flat=True))


def reservations(order: Order) -> list[tuple[str, int]]:
    """The reservations of an order's requisition as they stand, oldest first."""
    rows = Reservation.objects.filter(requisition_id=order.requisition_id)
    return [(str(row.status), row.amount_minor) for row in rows.order_by("created_at", "id")]
