"""What is for sale to the company, at its own prices."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Literal

from ninja import Query, Router
from ninja.responses import Status
from pydantic import Field, StringConstraints

from placet.api.call import ApiRequest
from placet.api.paging import Page, listed, page_of, read_cursor, whole_list, write_cursor
from placet.api.schemas.base import ListOf, Wish
from placet.api.schemas.catalog import (
    Category,
    CategoryOwner,
    ExchangeRate,
    Product,
    show_categories,
    show_owners,
    show_product,
    show_rates,
)
from placet.api.schemas.words import Moment
from placet.api.versions import tag
from placet.catalog import actions, models, queries
from placet.catalog.listing import list_shelf, read_shelf
from placet.catalog.part_numbers import find_part_numbers
from placet.catalog.prices import list_prices_for
from placet.catalog.wanted import Wanted
from placet.companies.permissions import PRICE_VIEW
from placet.companies.queries import get_member

router = Router(tags=["catalog"])


Values = Annotated[list[Annotated[str, Field(max_length=240)]], Field(max_length=30)]


class ProductFilters(Page):
    """Words and filters, by the names that they have in the catalog's address."""

    q: Annotated[
        str, Field(max_length=200, description="words, a SKU or the company's own part number")
    ] = ""
    category: Annotated[
        str, Field(max_length=400, description="the `path` of a category, with what is below it")
    ] = ""
    brand: Values = []
    supplier: Values = []
    stock: Annotated[bool, Field(description="only what is in stock")] = False
    restricted: bool | None = None
    attr: Annotated[
        Values, Field(description="`Name:Value`; values of a name are alternatives")
    ] = []
    sort: Annotated[
        Literal["", "relevance", "name", "price", "-price"],
        Field(description="relevance where there are words, else name"),
    ] = ""

    def wanted(self) -> Wanted:
        """The same as the catalog understands it."""
        pairs = (one.partition(":") for one in self.attr)
        return Wanted(
            text=self.q,
            category=self.category,
            brands=tuple(self.brand),
            suppliers=tuple(self.supplier),
            is_in_stock=self.stock,
            restricted=self.restricted,
            attributes=tuple((name, value) for name, colon, value in pairs if colon),
            order=self.sort,
        )


@router.get("/products", response=ListOf[Product])
def list_products(request: ApiRequest, page: Query[ProductFilters]) -> ListOf[Product]:
    """Products, best or by name first, with the prices of the company for those who see prices."""
    start = read_cursor(request, page)
    after = str(start[0]) if start else ""
    shelf = read_shelf(request.actor, page.wanted(), now=request.now)
    found = list_shelf(shelf, after, page.limit + 1)
    shown = found[: page.limit]
    has_more = len(found) > page.limit
    following = write_cursor(request, page, [shown[-1].id]) if has_more else None
    return listed(request, _show(request, shown), following)


@router.get("/products/{sku}", response=Product)
def get_product(request: ApiRequest, sku: str) -> Product:
    """One product by its SKU; a discontinued one names its substitute."""
    product = queries.get_product(request.actor, sku, now=request.now)
    tag(request, product.version)
    return _show(request, [product])[0]


@router.get("/categories", response=ListOf[Category])
def list_categories(request: ApiRequest) -> ListOf[Category]:
    """The whole tree, each category before those below it."""
    return whole_list(show_categories(queries.list_categories()))


class NewRate(Wish):
    """What one unit of ``source`` is worth in ``target``; without ``starts_at`` from now on."""

    source: Annotated[str, StringConstraints(min_length=3, max_length=3)]
    target: Annotated[str, StringConstraints(min_length=3, max_length=3)]
    rate: Annotated[str, StringConstraints(max_length=19, pattern=r"^[0-9]{1,9}(\.[0-9]{1,9})?$")]
    starts_at: Moment | None = None


class NewCategoryOwner(Wish):
    """Who answers for a category; nobody leaves it to the owner above."""

    category: Annotated[str, StringConstraints(max_length=40)]
    member: Annotated[str, StringConstraints(max_length=40)] | None


@router.get("/exchange_rates", response=ListOf[ExchangeRate])
def list_exchange_rates(request: ApiRequest, page: Query[Page]) -> ListOf[ExchangeRate]:
    """Every rate that was stated, the newest first; for the merchant, who keeps them."""
    return page_of(request, queries.list_exchange_rates(request.actor), page, show_rates)


@router.post("/exchange_rates", response={201: ExchangeRate})
def set_exchange_rate(request: ApiRequest, body: NewRate) -> Status[ExchangeRate]:
    """State a rate; purchases that were submitted before keep the one of their moment."""
    row = actions.set_exchange_rate(
        body.source,
        target=body.target,
        rate=Decimal(body.rate),
        starts_at=body.starts_at,
        actor=request.actor,
        now=request.now,
    )
    return Status(201, show_rates([row])[0])


@router.get("/category_owners", response=ListOf[CategoryOwner])
def list_category_owners(request: ApiRequest) -> ListOf[CategoryOwner]:
    """Who answers for which category; one without an owner belongs to the owner above it."""
    return whole_list(show_owners(list(queries.list_category_owners(request.actor))))


@router.post("/category_owners", response={201: ListOf[CategoryOwner]})
def name_category_owner(
    request: ApiRequest, body: NewCategoryOwner
) -> Status[ListOf[CategoryOwner]]:
    """Name who answers for a category, or nobody any more; the answer is the whole list."""
    member = get_member(request.actor, body.member) if body.member else None
    category = queries.get_category(body.category)
    actions.name_category_owner(category, member=member, actor=request.actor, now=request.now)
    return Status(201, list_category_owners(request))


def _show(request: ApiRequest, products: Sequence[models.Product]) -> list[Product]:
    actor = request.actor
    prices = (
        list_prices_for(
            actor.company_id, actor.currency, [product.id for product in products], request.now
        )
        if actor.holds_anywhere(PRICE_VIEW)
        else {}
    )
    numbers = find_part_numbers(actor.company_id, [product.id for product in products])
    return [
        show_product(product, prices, actor.currency, numbers.get(product.id))
        for product in products
    ]
