"""Reading what is kept of the catalog: by the merchant, and assortments by companies too."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from placet.catalog.models import (
    Assortment,
    CompanyPriceList,
    PriceList,
    Product,
    Promotion,
    StoreTerms,
    TaxClass,
)
from placet.catalog.permissions import can_keep_assortments
from placet.companies.models import Company
from placet.companies.permissions import CATALOG_MANAGE, require
from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import NotFound

Row = TypeVar("Row", PriceList, Promotion, TaxClass)


def list_assortments(actor: Actor, company: Company) -> QuerySet[Assortment]:
    """The assortments of the actor's side for a company, by name; closed ones too."""
    side = Assortment.Side.MERCHANT if actor.is_merchant else Assortment.Side.BUYER
    refuse(can_keep_assortments(actor, company.pk, side))
    return _with_entries().filter(company=company, side=side).order_by("name", "id")


def get_assortment(actor: Actor, assortment_id: str) -> Assortment:
    """One assortment that the actor keeps; raises ``NotFound`` for all others."""
    within = (
        Q(side=Assortment.Side.MERCHANT)
        if actor.is_merchant
        else Q(side=Assortment.Side.BUYER, company_id=actor.company_id)
    )
    found = _with_entries().filter(within, pk=assortment_id).first()
    if found is None:
        raise NotFound(_("There is no such assortment."))
    refuse(can_keep_assortments(actor, found.company_id, found.side))
    return found


def list_price_lists(actor: Actor) -> QuerySet[PriceList]:
    """Every price list, the default ones first."""
    _require_merchant(actor)
    return PriceList.objects.order_by("-is_default", "name", "id")


def get_price_list(actor: Actor, list_id: str) -> PriceList:
    """One price list."""
    return _one(list_price_lists(actor), list_id)


def list_agreed_lists(actor: Actor, company: Company) -> list[PriceList]:
    """The lists that a company pays by, in their order."""
    _require_merchant(actor)
    agreed = CompanyPriceList.objects.filter(company=company, price_list=OuterRef("pk"))
    rows = PriceList.objects.annotate(place=Subquery(agreed.values("position")))
    return list(rows.filter(place__isnull=False).order_by(F("place"), "id"))


def list_tax_classes(actor: Actor) -> QuerySet[TaxClass]:
    """The kinds of goods by name, with their rates."""
    _require_merchant(actor)
    return TaxClass.objects.prefetch_related("rates").order_by("name", "id")


def get_tax_class(actor: Actor, tax_class_id: str) -> TaxClass:
    """One kind of goods."""
    return _one(list_tax_classes(actor), tax_class_id)


def list_promotions(actor: Actor) -> QuerySet[Promotion]:
    """Every promotion, the newest first."""
    _require_merchant(actor)
    rows = Promotion.objects.select_related("company")
    rows = rows.prefetch_related("entries__category", "entries__product")
    return rows.order_by("-created_at", "-id")


def get_promotion(actor: Actor, promotion_id: str) -> Promotion:
    """One promotion."""
    return _one(list_promotions(actor), promotion_id)


def list_kept_products(actor: Actor) -> QuerySet[Product]:
    """Every product by SKU, whatever it costs and whoever may have it."""
    _require_merchant(actor)
    return Product.objects.select_related("category", "tax_class", "substitute").order_by("sku")


def get_kept_product(actor: Actor, sku: str) -> Product:
    """One product by its SKU."""
    found = list_kept_products(actor).filter(sku=sku).first()
    if found is None:
        raise NotFound(_("There is no product %(sku)s.") % {"sku": sku})
    return found


def list_store_terms(actor: Actor) -> QuerySet[StoreTerms]:
    """What is asked of orders, by currency."""
    _require_merchant(actor)
    return StoreTerms.objects.order_by("currency")


def _with_entries() -> QuerySet[Assortment]:
    rows = Assortment.objects.select_related("company", "unit", "role", "member__user")
    return rows.prefetch_related("entries__category", "entries__product")


def _one(rows: QuerySet[Row], pk: str) -> Row:
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotFound(_("There is no such thing."))
    return found


def _require_merchant(actor: Actor) -> None:
    """To a customer there are none of these pages."""
    if not actor.is_merchant:
        raise NotFound
    require(actor, CATALOG_MANAGE)
