"""Reading the catalog as a company sees it: only what it can buy, in its currency."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from placet.catalog.listing import for_sale
from placet.catalog.listing import list_products as list_products
from placet.catalog.models import (
    Category,
    CategoryOwner,
    ExchangeRate,
    PartNumber,
    Product,
    StoreTerms,
)
from placet.catalog.prices import price_lists_of
from placet.catalog.search import compact
from placet.companies.permissions import CATALOG_MANAGE, require
from placet.core.actor import Actor
from placet.core.errors import NotFound


def get_product(actor: Actor, sku: str, *, now: datetime) -> Product:
    """A product that the actor can or could buy; a discontinued one names a substitute.

    Raises ``NotFound`` for everything without a price for the company, and for what is held back
    from the actor.
    """
    lists = [one for one in price_lists_of(actor.company_id, actor.currency, now) if one]
    found = for_sale(actor, lists).filter(sku=sku).select_related("category", "substitute").first()
    if found is None:
        raise NotFound(_("There is no product %(sku)s for your company.") % {"sku": sku})
    return found


def list_categories() -> list[Category]:
    """The tree of the catalog, each category before those below it."""
    return list(Category.objects.order_by("path"))


def find_products(skus: Collection[str], company_id: str = "") -> Mapping[str, Product]:
    """Products by SKU as it was typed, whatever its case; the exact spelling wins. One query.

    With a company, what is no SKU is looked for among its own part numbers: one query more.
    Discontinued products are there too, with their substitute.
    """
    spellings = {form for sku in skus for form in (sku, sku.upper(), sku.lower())}
    known = {
        product.sku: product
        for product in Product.objects.filter(sku__in=spellings).select_related(
            "category", "substitute__category"
        )
    }
    found = {}
    for sku in skus:
        product = known.get(sku) or known.get(sku.upper()) or known.get(sku.lower())
        if product is not None:
            found[sku] = product
    missing = {sku: compact(sku) for sku in skus if sku not in found} if company_id else {}
    return {**found, **_find_by_part_number(company_id, missing)} if missing else found


def _find_by_part_number(company_id: str, typed: Mapping[str, str]) -> dict[str, Product]:
    """Products by the company's own numbers; ``typed`` are these as typed and as compared."""
    rows = PartNumber.objects.filter(
        company_id=company_id, folded__in={number for number in typed.values() if number}
    ).select_related("product__category", "product__substitute__category")
    known = {row.folded: row.product for row in rows}
    return {text: known[number] for text, number in typed.items() if number in known}


def get_category(category_id: str) -> Category:
    """A category of the catalog, which everybody sees; raises ``NotFound``."""
    found = Category.objects.filter(pk=category_id).first()
    if found is None:
        raise NotFound(_("There is no such category."))
    return found


def list_category_owners(actor: Actor) -> QuerySet[CategoryOwner]:
    """Who answers for which category in the actor's company."""
    return (
        CategoryOwner.objects.filter(company_id=actor.company_id)
        .select_related("category", "member__user")
        .order_by("category__path", "id")
    )


def list_exchange_rates(actor: Actor) -> QuerySet[ExchangeRate]:
    """Every rate that was ever stated, the newest first; for those who keep them."""
    require(actor, CATALOG_MANAGE)
    return ExchangeRate.objects.order_by("-starts_at", "-id")


def find_store_terms(currency: str) -> StoreTerms | None:
    """What the merchant asks of orders in this currency; ``None`` where it asks nothing."""
    return StoreTerms.objects.filter(currency=currency).first()
