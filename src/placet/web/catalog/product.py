"""The page of one product: its variants to order together, what could replace it, its past."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet

from placet.carts.models import Cart
from placet.catalog.listing import for_sale
from placet.catalog.models import Product
from placet.catalog.part_numbers import can_set_part_number
from placet.catalog.prices import price_lists_of
from placet.companies.permissions import ORDER_SUBMIT, PRICE_VIEW
from placet.core.actor import Actor
from placet.core.errors import PlacetError
from placet.plans.bought import Bought, list_bought_before
from placet.web.catalog.offers import Offer, list_editable_carts, list_offers

MOST_VARIANTS = 60


class VariantRow(NamedTuple):
    """A variant with the quantity that was typed for it and what is wrong with that."""

    offer: Offer
    quantity: str
    fault: str
    is_this: bool


class ProductPage(NamedTuple):
    """Everything about one product for one member."""

    offer: Offer
    variants: list[VariantRow]
    substitute: Product | None
    replaces: list[Product]
    bought: Bought | None
    carts: list[Cart]
    cart_id: str
    sees_prices: bool
    may_buy: bool
    may_name: bool
    error: PlacetError | None
    number: str
    number_fault: str
    now: datetime

    @property
    def has_variants(self) -> bool:
        """Whether the family has more than this one."""
        return len(self.variants) > 1


def read_product_page(
    actor: Actor,
    product: Product,
    *,
    typed: Mapping[str, str] | None = None,
    faults: Mapping[str, str] | None = None,
    cart_id: str = "",
    error: PlacetError | None = None,
    number: str | None = None,
    number_fault: str = "",
    now: datetime,
) -> ProductPage:
    """The page in a fixed number of queries; ``typed`` and ``faults`` are by SKU."""
    seen = for_sale(actor, price_lists_of(actor.company_id, actor.currency, now))
    family = list_variants(seen, product)
    offers = list_offers(actor, family, now=now)
    this = next(offer for offer in offers if offer.product.pk == product.pk)
    substitute_of = seen.filter(substitute=product).order_by("name", "pk")
    bought = list_bought_before(actor.company_id, actor.unit_path, [product.sku], now=now)
    return ProductPage(
        offer=this._replace(product=product),
        variants=[_row(offer, product, typed or {}, faults or {}) for offer in offers],
        substitute=seen.filter(pk=product.substitute_id).first() if product.substitute_id else None,
        replaces=list(substitute_of[:4]),
        bought=bought.here.get(product.sku),
        carts=[] if actor.is_merchant else list_editable_carts(actor),
        cart_id=cart_id,
        sees_prices=actor.holds_anywhere(PRICE_VIEW),
        may_buy=not actor.is_merchant and actor.holds_anywhere(ORDER_SUBMIT),
        may_name=can_set_part_number(actor) is None,
        error=error,
        number=this.part_number if number is None else number,
        number_fault=number_fault,
        now=now,
    )


def list_variants(seen: QuerySet[Product], product: Product) -> list[Product]:
    """The product and the others of its family among what the actor may see, as listed."""
    if not product.family:
        return [product]
    rows = seen.filter(
        family=product.family, category_id=product.category_id, status=Product.Status.ACTIVE
    )
    found = list(rows.select_related("category").order_by("sku")[:MOST_VARIANTS])
    return found if any(one.pk == product.pk for one in found) else [product, *found]


def attributes_of(product: Product) -> list[tuple[str, Any]]:
    """What is stated about a product, in the order of the names."""
    return sorted(product.attributes.items())


def _row(
    offer: Offer, this: Product, typed: Mapping[str, str], faults: Mapping[str, str]
) -> VariantRow:
    sku = offer.product.sku
    return VariantRow(offer, typed.get(sku, ""), faults.get(sku, ""), offer.product.pk == this.pk)
