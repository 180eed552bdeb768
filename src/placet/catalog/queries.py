"""Reading the catalog as a company sees it: only what it can buy, in its currency."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Collate
from django.utils.translation import gettext as _

from placet.catalog.assortments import allowed_products
from placet.catalog.models import (
    Category,
    CategoryOwner,
    CompanyPriceList,
    ExchangeRate,
    Price,
    Product,
    StoreTerms,
)
from placet.catalog.search import words_of
from placet.companies.permissions import CATALOG_MANAGE, require
from placet.core.actor import Actor
from placet.core.errors import NotFound

PAGE = 24


def list_products(
    actor: Actor, text: str = "", category: str = "", after: str = "", limit: int = PAGE
) -> list[Product]:
    """Products on sale for the actor's company by name, from behind the product ``after`` (an id).

    ``text`` is what somebody typed: every word must occur. ``category`` is a path (``a/b/``) and
    includes everything below it. Ask for one more than a page holds to learn whether there is more.
    """
    products = (
        _for_sale(actor)
        .filter(status=Product.Status.ACTIVE)
        .select_related("category")
        .annotate(sort_name=Collate("name", _collation()))
        .order_by("sort_name", "id")
    )
    if category:
        products = products.filter(category__path__startswith=category)
    for word in words_of(text):
        products = products.filter(search_text__contains=word)
    if after:
        last = Product.objects.filter(pk=after).first()
        if last is None:
            raise NotFound(_("This list has changed; start at its beginning."))
        products = products.filter(
            Q(sort_name__gt=last.name) | Q(sort_name=last.name, id__gt=last.id)
        )
    return list(products[:limit])


def get_product(actor: Actor, sku: str) -> Product:
    """A product that the actor's company can or could buy; a discontinued one names a substitute.

    Raises ``NotFound`` for everything without a price in the company's currency.
    """
    found = _for_sale(actor).filter(sku=sku).select_related("category", "substitute").first()
    if found is None:
        raise NotFound(_("There is no product %(sku)s for your company.") % {"sku": sku})
    return found


def list_categories() -> list[Category]:
    """The tree of the catalog, each category before those below it."""
    return list(Category.objects.order_by("path"))


def find_products(skus: Collection[str]) -> Mapping[str, Product]:
    """Products by SKU as it was typed, whatever its case; the exact spelling wins. One query.

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
    return found


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


def _for_sale(actor: Actor) -> QuerySet[Product]:
    """What has a price for the actor's company and what the assortments let them have."""
    own = CompanyPriceList.objects.filter(company_id=actor.company_id).values("price_list")
    priced = Price.objects.filter(
        Q(price_list__is_default=True) | Q(price_list__in=own),
        product=OuterRef("pk"),
        price_list__currency=actor.currency,
    )
    allowed = allowed_products(actor.company_id, actor.member_id)
    return Product.objects.filter(Exists(priced), allowed.condition())


def _collation() -> str:
    """By code point, so that both databases sort alike."""
    return "C" if connection.vendor == "postgresql" else "BINARY"
