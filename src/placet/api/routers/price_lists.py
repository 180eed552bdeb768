"""Price lists, the prices on them, and who pays by which; for the merchant."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from ninja import Query, Router
from ninja.responses import Status
from pydantic import Field, StringConstraints

from placet.api.call import ApiRequest
from placet.api.paging import Page, page_of, whole_list
from placet.api.schemas.base import LARGEST, Identifier, ListOf, Wish
from placet.api.schemas.store import (
    ListedPrice,
    PriceList,
    show_price_lists,
    show_prices,
)
from placet.api.schemas.words import Currency, Name
from placet.api.versions import require_version, tag
from placet.catalog import actions, kept
from placet.catalog.actions import PriceValues
from placet.catalog.models import Price
from placet.companies.queries import get_company

router = Router(tags=["price lists"])
Key = Annotated[str, StringConstraints(max_length=60)]
Day = Annotated[date, Field(strict=False)]
Sku = Annotated[str, StringConstraints(max_length=64)]


class PriceListWish(Wish):
    """Its name and the days on which it holds, both included; null is no bound."""

    name: Name
    valid_from: Day | None = None
    valid_until: Day | None = None


class NewPriceList(PriceListWish):
    """Key, currency and being the default stay."""

    key: Key
    currency: Currency
    is_default: bool = False


class PriceRow(Wish):
    """What a product costs from a quantity on, for its `price_quantity` pieces."""

    sku: Sku
    unit_price_minor: Annotated[int, Field(ge=0, le=LARGEST)]
    from_quantity: Annotated[int, Field(ge=1, le=10**9)] = 1


class PricesWish(Wish):
    """All tiers of the products that are named; the others stay. `removed` leave the list."""

    prices: Annotated[list[PriceRow], Field(max_length=5_000)] = []
    removed: Annotated[list[Sku], Field(max_length=5_000)] = []


class PriceFilters(Page):
    """Of one product, or of all."""

    sku: Annotated[str, Field(max_length=64)] = ""


class AgreedLists(Wish):
    """Ids of price lists; of those that hold on a day the first that has a product counts."""

    price_lists: Annotated[list[Identifier], Field(max_length=20)]


@router.get("/price_lists", response=ListOf[PriceList])
def list_price_lists(request: ApiRequest, page: Query[Page]) -> ListOf[PriceList]:
    """Every price list, the newest first."""
    found = kept.list_price_lists(request.actor).order_by("-created_at", "-id")
    return page_of(request, found, page, show_price_lists)


@router.post("/price_lists", response={201: PriceList})
def create_price_list(request: ApiRequest, body: NewPriceList) -> Status[PriceList]:
    """Open a price list."""
    said = body.model_dump()
    made = actions.create_price_list(said.pop("key"), **said, actor=request.actor, now=request.now)
    return Status(201, _show(request, made.pk))


@router.get("/price_lists/{price_list_id}", response=PriceList)
def get_price_list(request: ApiRequest, price_list_id: str) -> PriceList:
    """One price list."""
    return _show(request, price_list_id)


@router.put("/price_lists/{price_list_id}", response=PriceList)
def change_price_list(request: ApiRequest, price_list_id: str, body: PriceListWish) -> PriceList:
    """Rename it and say when it holds; needs If-Match."""
    found = kept.get_price_list(request.actor, price_list_id)
    require_version(request, found.version)
    actions.change_price_list(
        found, **body.model_dump(), version=found.version, actor=request.actor, now=request.now
    )
    return _show(request, price_list_id)


@router.get("/price_lists/{price_list_id}/prices", response=ListOf[ListedPrice])
def list_prices(
    request: ApiRequest, price_list_id: str, page: Query[PriceFilters]
) -> ListOf[ListedPrice]:
    """The prices of one product on the list, all tiers; `/exports/prices` has all of them."""
    found = kept.get_price_list(request.actor, price_list_id)
    rows = Price.objects.filter(price_list=found, product__sku=page.sku).select_related("product")
    return whole_list(show_prices(list(rows.order_by("from_quantity"))))


@router.put("/price_lists/{price_list_id}/prices", response=PriceList)
def set_prices(request: ApiRequest, price_list_id: str, body: PricesWish) -> PriceList:
    """Set prices, and take products off the list; needs If-Match. All of it or nothing."""
    found = kept.get_price_list(request.actor, price_list_id)
    require_version(request, found.version)
    doing: dict[str, Any] = {"actor": request.actor, "now": request.now}
    prices = [PriceValues(row.sku, row.unit_price_minor, row.from_quantity) for row in body.prices]
    if prices:
        actions.set_prices(found, prices=prices, version=found.version, **doing)
    if body.removed:
        actions.remove_prices(found, skus=body.removed, version=found.version, **doing)
    return _show(request, price_list_id)


@router.get("/companies/{customer_id}/price_lists", response=ListOf[PriceList])
def list_agreed_lists(request: ApiRequest, customer_id: str) -> ListOf[PriceList]:
    """The lists that a customer pays by, in their order."""
    company = get_company(request.actor, customer_id)
    return whole_list(show_price_lists(kept.list_agreed_lists(request.actor, company)))


@router.put("/companies/{customer_id}/price_lists", response=ListOf[PriceList])
def agree_price_lists(
    request: ApiRequest, customer_id: str, body: AgreedLists
) -> ListOf[PriceList]:
    """Let a customer pay by these lists, in this order, instead of by those before."""
    company = get_company(request.actor, customer_id)
    kept.list_agreed_lists(request.actor, company)  # To a customer there are no such lists.
    lists = [kept.get_price_list(request.actor, one) for one in body.price_lists]
    actions.agree_price_lists(company, price_lists=lists, actor=request.actor, now=request.now)
    return list_agreed_lists(request, customer_id)


def _show(request: ApiRequest, price_list_id: str) -> PriceList:
    found = kept.get_price_list(request.actor, price_list_id)
    tag(request, found.version)
    return show_price_lists([found])[0]
