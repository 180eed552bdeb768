"""The road as far as a page's story needs it: a requisition that waits, an order, a long cart."""

from __future__ import annotations

from datetime import timedelta

from placet.carts.actions import add_line, change_line, remove_line
from placet.carts.models import Cart, CartLine
from placet.carts.pricing import price_cart
from placet.catalog.models import Category, Price, PriceList, Product
from placet.orders.models import Order
from placet.requisitions.actions import apply_due_decisions, edit_requisition, submit_cart
from placet.requisitions.models import Requisition
from placet.requisitions.planning import plan_purchase
from tests.cast import Cast
from tests.requisitions.road import DRESSING, INFUSION_SET, answer, fill_cart, submit


def waiting(cast: Cast, *lines: tuple[str, int]) -> Requisition:
    """Lena's requisition, which waits for Rashid and then for biomedical engineering."""
    cart = fill_cart(cast, *(lines or ((INFUSION_SET, 10),)))
    return submit(cart, actor=cast.lena, now=cast.now)


def approve(requisition: Requisition, *names: str, cast: Cast) -> None:
    """These people approve it one after the other, and the time for undo passes."""
    now = cast.now
    for name in names:
        now += timedelta(minutes=1)
        answer(requisition, "approve", actor=getattr(cast, name), now=now)
        now += timedelta(seconds=11)
        apply_due_decisions(now=now)
    requisition.refresh_from_db()


def ordered(cast: Cast) -> Order:
    """The order that Lena's requisition became."""
    requisition = waiting(cast)
    approve(requisition, "rashid", "anika", cast=cast)
    return Order.objects.get(requisition_id=requisition.pk)


def long_cart(cast: Cast, lines: int) -> Cart:
    """A cart of Lena's with this many lines, over 500.00 on 4410, so that Rashid is asked."""
    cart = fill_cart(cast, (DRESSING, 50))
    category = Category.objects.get(path="office/")
    price_list = PriceList.objects.get(currency="EUR", is_default=True)
    products = Product.objects.bulk_create(
        Product(
            created_at=cast.now,
            sku=f"MANY-{lines}-{number}",
            name=f"Product {number}",
            category=category,
            pack="piece",
        )
        for number in range(1, lines)
    )
    Price.objects.bulk_create(
        Price(price_list=price_list, product=product, unit_price_minor=100) for product in products
    )
    CartLine.objects.bulk_create(
        CartLine(
            created_at=cast.now,
            cart=cart,
            product=product,
            position=number,
            quantity=1,
            added_by_id=cart.owner_id,
        )
        for number, product in enumerate(products, 2)
    )
    return cart


def revise(requisition: Requisition, cast: Cast, **quantities: int) -> Requisition:
    """Lena edits it and resubmits: ``INF_SET=8`` changes that line, 0 takes it away."""
    cart = edit_requisition(requisition, actor=cast.lena, now=cast.now)
    for name, quantity in quantities.items():
        sku = name.replace("_", "-")
        line = CartLine.objects.select_related("cart", "product").filter(
            cart=cart, product__sku=sku
        )
        if not line:
            add_line(cart, sku=sku, quantity=quantity, actor=cast.lena, now=cast.now)
        elif quantity:
            change_line(line[0], quantity=quantity, actor=cast.lena, now=cast.now)
        else:
            remove_line(line[0], actor=cast.lena, now=cast.now)
    fresh = Cart.objects.get(pk=cart.pk)
    shown = plan_purchase(fresh, price_cart(fresh, now=cast.now), actor=cast.lena, now=cast.now)
    submit_cart(fresh, plan_hash=shown.planned.hash, actor=cast.lena, now=cast.now)
    requisition.refresh_from_db()
    return requisition
