"""Documents about what the merchant keeps, and about assortments on both sides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal

from placet.api.schemas.base import Answer, Named, Resourceful, frame
from placet.catalog import models


class Assortment(Resourceful):
    """What people of a company may see and order (`allow`), or may not (`deny`).

    Without unit, role and member it holds for the whole company.
    """

    object: Literal["assortment"] = "assortment"
    company: str
    side: str
    effect: str
    name: str
    unit: Named | None
    role: Named | None
    member: Named | None
    categories: list[str]
    products: list[str]
    closed_at: datetime | None


class PriceList(Resourceful):
    """Prices in one currency, on the days that are named, both included."""

    object: Literal["price_list"] = "price_list"
    key: str
    name: str
    currency: str
    is_default: bool
    valid_from: date | None
    valid_until: date | None


class ListedPrice(Answer):
    """What `price_quantity` pieces of a product cost from a quantity on."""

    object: Literal["price"] = "price"
    sku: str
    from_quantity: int
    unit_price_minor: int
    price_quantity: int


class TaxClass(Resourceful):
    """Goods that are taxed alike: rates in basis points by country; `*` is everywhere else."""

    object: Literal["tax_class"] = "tax_class"
    key: str
    name: str
    rates: dict[str, int]


class Promotion(Resourceful):
    """What is taken off, for whom (null: everybody) and on which days, both included."""

    object: Literal["promotion"] = "promotion"
    key: str
    name: str
    kind: str
    currency: str
    company: str | None
    from_goods_minor: int
    from_quantity: int
    amount_minor: int
    basis_points: int
    categories: list[str]
    products: list[str]
    valid_from: date | None
    valid_until: date | None
    ended_at: datetime | None


class StoreTerms(Answer):
    """What is asked of every order in a currency; amounts are goods without tax."""

    object: Literal["store_terms"] = "store_terms"
    currency: str
    minimum_order_minor: int
    shipping_fee_minor: int
    free_shipping_from_minor: int | None
    shipping_tax_basis_points: int
    price_hold_days: int
    price_tolerance_basis_points: int


def show_assortments(rows: Sequence[models.Assortment]) -> list[Assortment]:
    """Assortments whose entries and people are loaded."""
    return [
        Assortment(
            **frame(row),
            company=row.company_id,
            side=row.side,
            effect=row.effect,
            name=row.name,
            unit=Named(id=row.unit.pk, name=row.unit.name) if row.unit else None,
            role=Named(id=row.role.pk, name=row.role.name) if row.role else None,
            member=Named(id=row.member.pk, name=row.member.user.name) if row.member else None,
            categories=[one.category.path for one in row.entries.all() if one.category],
            products=[one.product.sku for one in row.entries.all() if one.product],
            closed_at=row.closed_at,
        )
        for row in rows
    ]


def show_price_lists(rows: Sequence[models.PriceList]) -> list[PriceList]:
    """Price lists without their prices."""
    names = ("key", "name", "currency", "is_default", "valid_from", "valid_until")
    return [PriceList(**frame(row), **{name: getattr(row, name) for name in names}) for row in rows]


def show_prices(rows: Sequence[models.Price]) -> list[ListedPrice]:
    """Prices whose products are loaded."""
    return [
        ListedPrice(
            sku=row.product.sku,
            from_quantity=row.from_quantity,
            unit_price_minor=row.unit_price_minor,
            price_quantity=row.product.price_quantity,
        )
        for row in rows
    ]


def show_tax_classes(rows: Sequence[models.TaxClass]) -> list[TaxClass]:
    """Tax classes whose rates are loaded."""
    return [
        TaxClass(
            **frame(row),
            key=row.key,
            name=row.name,
            rates={rate.country or "*": rate.basis_points for rate in row.rates.all()},
        )
        for row in rows
    ]


def show_promotions(rows: Sequence[models.Promotion]) -> list[Promotion]:
    """Promotions whose entries are loaded."""
    names = (
        *("key", "name", "kind", "currency", "from_goods_minor", "from_quantity", "amount_minor"),
        *("basis_points", "valid_from", "valid_until", "ended_at"),
    )
    return [
        Promotion(
            **frame(row),
            **{name: getattr(row, name) for name in names},
            company=row.company_id,
            categories=[one.category.path for one in row.entries.all() if one.category],
            products=[one.product.sku for one in row.entries.all() if one.product],
        )
        for row in rows
    ]


def show_terms(row: models.StoreTerms) -> StoreTerms:
    """The terms in one currency."""
    names = [name for name in StoreTerms.model_fields if name != "object"]
    return StoreTerms(**{name: getattr(row, name) for name in names})
