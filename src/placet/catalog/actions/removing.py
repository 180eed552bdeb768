"""Taking away what was written by mistake: only what nothing has used yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from placet.catalog.models import Category, Price, Product
from placet.catalog.used import find_used
from placet.companies.permissions import CATALOG_MANAGE, require
from placet.core.actor import Actor
from placet.core.errors import Conflict
from placet.core.transaction import transaction
from placet.events.record import record

AT_ONCE: Final = 2_000


class ProductsInUse(Conflict):
    """Carts, lists or purchases name some of these; ``facts['ids']`` are these products."""

    code = "in_use"


@transaction
def remove_products(products: Sequence[Product], *, actor: Actor, now: datetime) -> None:
    """Take products away with their prices, as if they had never been; all or none.

    What anybody has put into a cart or bought can only be discontinued. Raises ``ProductsInUse``.
    """
    require(actor, CATALOG_MANAGE)
    ids = [product.pk for product in products]
    used = find_used(Product, ids, besides=(Price,))
    if used:
        raise ProductsInUse(_("Some of these products are in use."), ids=sorted(used))
    parts = [ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE)]
    for part in parts:
        Price.objects.filter(product_id__in=part).delete()
        Product.objects.filter(pk__in=part).update(substitute=None)
    for part in parts:
        Product.objects.filter(pk__in=part).delete()
    for product in products:
        record("product.removed", product.pk, actor=actor, now=now, sku=product.sku)


@transaction
def remove_empty_categories(
    categories: Sequence[Category], *, actor: Actor, now: datetime
) -> list[str]:
    """Take away those of the categories that nothing stands in or names; returns their paths."""
    require(actor, CATALOG_MANAGE)
    removed = []
    for category in sorted(categories, key=lambda one: one.path, reverse=True):
        if not find_used(Category, [category.pk]):
            Category.objects.filter(pk=category.pk).delete()
            record("category.removed", category.pk, actor=actor, now=now, path=category.path)
            removed.append(category.path)
    return removed
