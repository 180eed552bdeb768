"""One change of many products at once: what the merchant's list of products offers."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from placet.catalog.actions.products import upsert_products
from placet.catalog.models import Product
from placet.catalog.product_values import values_of
from placet.companies.permissions import CATALOG_MANAGE, require
from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.core.transaction import transaction

MOST_TOGETHER: Final = 5_000
"""More goes through an import, which is a run and can be taken back."""


@transaction
def change_products(
    product_ids: Collection[str],
    *,
    actor: Actor,
    now: datetime,
    is_discontinued: bool | None = None,
    category: str | None = None,
    stock: int | None = None,
) -> int:
    """State what is not ``None`` of all these products; returns how many of them it changed.

    Raises ``InvalidInput`` for more than 5,000, for none, and for values that cannot be.
    """
    require(actor, CATALOG_MANAGE)
    if not 0 < len(product_ids) <= MOST_TOGETHER:
        raise InvalidInput("products", "range", _("Choose from 1 to 5,000 products."))
    said = {"is_discontinued": is_discontinued, "category": category, "stock": stock}
    changes: dict[str, Any] = {name: value for name, value in said.items() if value is not None}
    rows = Product.objects.filter(pk__in=product_ids).select_for_update(of=("self",))
    products = rows.select_related("category", "tax_class", "substitute").order_by("id")
    before = [values_of(product) for product in products]
    after = [values._replace(**changes) for values in before]
    differing = [new for old, new in zip(before, after, strict=True) if new != old]
    if differing:
        upsert_products(differing, actor=actor, now=now)
    return len(differing)
