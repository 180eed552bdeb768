"""What is for sale to the company, at its own prices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from ninja import Query, Router
from pydantic import Field

from placet.api.call import ApiRequest
from placet.api.paging import Page, listed, read_cursor, whole_list, write_cursor
from placet.api.schemas.base import ListOf
from placet.api.schemas.catalog import Category, Product, show_categories, show_product
from placet.api.versions import tag
from placet.catalog import models, queries
from placet.catalog.prices import list_prices_for
from placet.companies.permissions import PRICE_VIEW

router = Router(tags=["catalog"])


class ProductFilters(Page):
    """Words and a category."""

    search: Annotated[str, Field(max_length=200, description="every word must occur")] = ""
    category: Annotated[
        str, Field(max_length=400, description="the `path` of a category, with what is below it")
    ] = ""


@router.get("/products", response=ListOf[Product])
def list_products(request: ApiRequest, page: Query[ProductFilters]) -> ListOf[Product]:
    """Products by name, with the company's prices where the caller may see prices."""
    start = read_cursor(request, page)
    after = str(start[0]) if start else ""
    found = queries.list_products(
        request.actor, page.search, page.category, after, limit=page.limit + 1
    )
    shown = found[: page.limit]
    has_more = len(found) > page.limit
    following = write_cursor(request, page, [shown[-1].id]) if has_more else None
    return listed(request, _show(request, shown), following)


@router.get("/products/{sku}", response=Product)
def get_product(request: ApiRequest, sku: str) -> Product:
    """One product by its SKU; a discontinued one names its substitute."""
    product = queries.get_product(request.actor, sku)
    tag(request, product.version)
    return _show(request, [product])[0]


@router.get("/categories", response=ListOf[Category])
def list_categories(request: ApiRequest) -> ListOf[Category]:
    """The whole tree, each category before those below it."""
    return whole_list(show_categories(queries.list_categories()))


def _show(request: ApiRequest, products: Sequence[models.Product]) -> list[Product]:
    actor = request.actor
    prices = (
        list_prices_for(
            actor.company_id, actor.currency, [product.id for product in products], request.now
        )
        if actor.holds_anywhere(PRICE_VIEW)
        else {}
    )
    return [show_product(product, prices, actor.currency) for product in products]
