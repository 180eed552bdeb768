"""Promotions, tax classes, terms of the store and single products, as the merchant keeps them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from ninja import Query, Router
from ninja.responses import Status
from pydantic import Field, StringConstraints

from placet.api.call import ApiRequest
from placet.api.paging import Page, page_of, whole_list
from placet.api.routers.assortments import Categories, Products
from placet.api.schemas.base import LARGEST, Identifier, ListOf, Wish
from placet.api.schemas.store import (
    Promotion,
    StoreTerms,
    TaxClass,
    show_promotions,
    show_tax_classes,
    show_terms,
)
from placet.api.schemas.words import Amount, Currency, Name
from placet.api.versions import require_version, tag
from placet.catalog import actions, kept
from placet.catalog.actions import Naming, PromotionValues
from placet.companies.queries import get_company
from placet.core.actor import Actor

router = Router(tags=["store"])
Key = Annotated[str, StringConstraints(max_length=60)]
Day = Annotated[date, Field(strict=False)]
BasisPoints = Annotated[int, Field(ge=0, le=10_000)]
Country = Annotated[str, StringConstraints(pattern=r"^([A-Z]{2}|\*)$")]


class PromotionWish(Wish):
    """All of a promotion but its key; which of the amounts count hangs on its kind."""

    name: Name
    kind: Annotated[str, StringConstraints(max_length=13)]
    currency: Currency
    company: Identifier | None = None
    from_goods_minor: Amount = 0
    from_quantity: Annotated[int, Field(ge=1, le=10**9)] = 1
    amount_minor: Annotated[int, Field(ge=0, le=LARGEST)] = 0
    basis_points: BasisPoints = 0
    valid_from: Day | None = None
    valid_until: Day | None = None
    categories: Categories = []
    products: Products = []


class NewPromotion(PromotionWish):
    """The key stays."""

    key: Key


class NewEnding(Wish):
    """Nothing needs to be said."""


class TaxClassWish(Wish):
    """Name and rates in basis points by country; `*` is everywhere else and has to be there."""

    name: Name
    rates: Annotated[dict[Country, BasisPoints], Field(max_length=250)]


class NewTaxClass(TaxClassWish):
    """The key stays."""

    key: Annotated[str, StringConstraints(max_length=40)]


class TermsWish(Wish):
    """All of what is asked of orders in a currency."""

    minimum_order_minor: Amount = 0
    shipping_fee_minor: Amount = 0
    free_shipping_from_minor: Amount | None = None
    shipping_tax_basis_points: BasisPoints = 0
    price_hold_days: Annotated[int, Field(ge=0, le=365)] = 14
    price_tolerance_basis_points: BasisPoints = 0


@router.get("/promotions", response=ListOf[Promotion])
def list_promotions(request: ApiRequest, page: Query[Page]) -> ListOf[Promotion]:
    """Every promotion, the newest first."""
    return page_of(request, kept.list_promotions(request.actor), page, show_promotions)


@router.post("/promotions", response={201: Promotion})
def create_promotion(request: ApiRequest, body: NewPromotion) -> Status[Promotion]:
    """Take something off from now on, or on the days that are named."""
    values = _values(request.actor, body)
    made = actions.create_promotion(body.key, values=values, actor=request.actor, now=request.now)
    return Status(201, _show_promotion(request, made.pk))


@router.get("/promotions/{promotion_id}", response=Promotion)
def get_promotion(request: ApiRequest, promotion_id: str) -> Promotion:
    """One promotion."""
    return _show_promotion(request, promotion_id)


@router.put("/promotions/{promotion_id}", response=Promotion)
def change_promotion(request: ApiRequest, promotion_id: str, body: PromotionWish) -> Promotion:
    """State it anew; needs If-Match. What was submitted keeps what was taken off."""
    found = kept.get_promotion(request.actor, promotion_id)
    require_version(request, found.version)
    actions.change_promotion(
        found,
        values=_values(request.actor, body),
        version=found.version,
        actor=request.actor,
        now=request.now,
    )
    return _show_promotion(request, promotion_id)


@router.post("/promotions/{promotion_id}/endings", response={201: Promotion})
def end_promotion(request: ApiRequest, promotion_id: str, body: NewEnding) -> Status[Promotion]:
    """Take nothing off any more."""
    found = kept.get_promotion(request.actor, promotion_id)
    actions.end_promotion(found, actor=request.actor, now=request.now)
    return Status(201, _show_promotion(request, promotion_id))


@router.get("/tax_classes", response=ListOf[TaxClass])
def list_tax_classes(request: ApiRequest) -> ListOf[TaxClass]:
    """The kinds of goods by name, with their rates."""
    return whole_list(show_tax_classes(list(kept.list_tax_classes(request.actor))))


@router.post("/tax_classes", response={201: TaxClass})
def create_tax_class(request: ApiRequest, body: NewTaxClass) -> Status[TaxClass]:
    """Make a kind of goods that is taxed alike."""
    made = actions.create_tax_class(
        body.key, name=body.name, rates=_rates(body), actor=request.actor, now=request.now
    )
    return Status(201, _show_class(request, made.pk))


@router.put("/tax_classes/{tax_class_id}", response=TaxClass)
def change_tax_class(request: ApiRequest, tax_class_id: str, body: TaxClassWish) -> TaxClass:
    """State name and rates anew; needs If-Match."""
    found = kept.get_tax_class(request.actor, tax_class_id)
    require_version(request, found.version)
    actions.change_tax_class(
        found,
        name=body.name,
        rates=_rates(body),
        version=found.version,
        actor=request.actor,
        now=request.now,
    )
    return _show_class(request, tax_class_id)


@router.get("/store_terms", response=ListOf[StoreTerms])
def list_store_terms(request: ApiRequest) -> ListOf[StoreTerms]:
    """What is asked of every order, by currency."""
    return whole_list([show_terms(one) for one in kept.list_store_terms(request.actor)])


@router.put("/store_terms/{currency}", response=StoreTerms)
def set_store_terms(request: ApiRequest, currency: str, body: TermsWish) -> StoreTerms:
    """State what is asked of every order in a currency; all of it."""
    said: dict[str, Any] = body.model_dump()
    kept.list_store_terms(request.actor)
    return show_terms(
        actions.set_store_terms(currency, **said, actor=request.actor, now=request.now)
    )


def _values(actor: Actor, body: PromotionWish) -> PromotionValues:
    said = body.model_dump(exclude={"key", "company", "categories", "products"})
    company = get_company(actor, body.company) if body.company else None
    naming = Naming(body.categories, body.products)
    return PromotionValues(**said, company=company, naming=naming)


def _rates(body: TaxClassWish) -> dict[str, int]:
    return {"" if country == "*" else country: rate for country, rate in body.rates.items()}


def _show_promotion(request: ApiRequest, promotion_id: str) -> Promotion:
    found = kept.get_promotion(request.actor, promotion_id)
    tag(request, found.version)
    return show_promotions([found])[0]


def _show_class(request: ApiRequest, tax_class_id: str) -> TaxClass:
    found = kept.get_tax_class(request.actor, tax_class_id)
    tag(request, found.version)
    return show_tax_classes([found])[0]
