"""Taking what is ordered from the stock, where there is no more than that."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from placet.catalog.models import Product
from placet.core.actor import Actor
from placet.core.errors import Conflict
from placet.core.transaction import transaction


class OutOfStock(Conflict):
    """Less is there than is wanted; ``facts['products']`` names the products, nothing was taken."""

    code = "out_of_stock"


@transaction
def take_stock(quantities: Mapping[str, int], *, actor: Actor, now: datetime) -> None:
    """Take so many of each product (by id), where it is not sold beyond its stock; all or none.

    The merchant states the stock again when its system counts; until then two orders cannot both
    have the last piece. No fact is recorded: the order is the fact. Raises ``OutOfStock``.
    """
    limited = (
        Product.objects.select_for_update()
        .filter(pk__in=sorted(quantities), sells_beyond_stock=False)
        .order_by("id")
    )
    wanted = {product.pk: quantities[product.pk] for product in limited}
    short = [
        product_id
        for product_id, quantity in wanted.items()
        if not Product.objects.filter(pk=product_id, stock__gte=quantity).update(
            stock=F("stock") - quantity, version=F("version") + 1
        )
    ]
    if short:
        raise OutOfStock(_("Less is in stock than was ordered."), products=short)


@transaction
def exchange_stock(
    before: Mapping[str, int], *, after: Mapping[str, int], actor: Actor, now: datetime
) -> None:
    """Put back what an order had taken, and take what it takes instead: all of it, or nothing.

    Both are quantities by product id, of products that are not sold beyond their stock. What the
    order held already is there for it. Raises ``OutOfStock`` where more than that is missing.
    """
    limited = (
        Product.objects.select_for_update()
        .filter(pk__in=sorted({*before, *after}), sells_beyond_stock=False)
        .order_by("id")
    )
    short = []
    for product in limited:
        more = after.get(product.pk, 0) - before.get(product.pk, 0)
        rows = Product.objects.filter(pk=product.pk)
        if more > 0:
            rows = rows.filter(stock__gte=more)
        if more and not rows.update(stock=F("stock") - more, version=F("version") + 1):
            short.append(product.pk)
    if short:
        raise OutOfStock(_("Less is in stock than was ordered."), products=short)


@transaction
def return_stock(quantities: Mapping[str, int], *, actor: Actor, now: datetime) -> None:
    """Put back what a cancelled order had taken, where a product is sold by its stock alone."""
    for product_id in sorted(quantities):
        Product.objects.filter(pk=product_id, sells_beyond_stock=False).update(
            stock=F("stock") + quantities[product_id], version=F("version") + 1
        )
