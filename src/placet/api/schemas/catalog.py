"""Documents about what is for sale, at the company's own prices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

from placet.api.schemas.base import Answer, Person, Resourceful, UnitPrice, frame, person
from placet.catalog import models
from placet.catalog.prices import PriceTiers, Tier
from placet.catalog.rates import rate_text


class Category(Resourceful):
    """A node of the catalog; ``path`` is what ``products?category=`` takes."""

    object: Literal["category"] = "category"
    path: str
    name: str
    parent: str | None


class TierShown(Answer):
    """From this quantity on, the product has this price."""

    from_quantity: int
    unit_price: UnitPrice


class Product(Resourceful):
    """Something that can be ordered; ``prices`` are the company's own, the list price stands apart.

    Nothing is shown in ``prices`` to callers who may not see prices.
    """

    object: Literal["product"] = "product"
    sku: str
    name: str
    description: str
    category: str
    brand: str
    supplier: str
    family: str
    variant: str
    pack: str
    price_quantity: int
    minimum_quantity: int
    step_quantity: int
    stock: int
    sells_beyond_stock: bool
    lead_time_days: int
    is_restricted: bool
    tags: list[str]
    attributes: dict[str, str]
    part_number: str | None
    status: str
    substitute: str | None
    prices: list[TierShown]
    list_prices: list[TierShown]


class ExchangeRate(Answer):
    """One unit of ``source`` is worth ``rate`` units of ``target`` from ``starts_at`` on."""

    object: Literal["exchange_rate"] = "exchange_rate"
    id: str
    source: str
    target: str
    rate: str
    starts_at: datetime
    created_at: datetime


class CategoryOwner(Resourceful):
    """Who answers for a category and for what is below it."""

    object: Literal["category_owner"] = "category_owner"
    category: str
    path: str
    owner: Person


class PartNumber(Resourceful):
    """What the company calls the product of this SKU."""

    object: Literal["part_number"] = "part_number"
    sku: str
    number: str


def show_part_numbers(rows: Sequence[models.PartNumber]) -> list[PartNumber]:
    """Numbers whose products are loaded."""
    return [PartNumber(**frame(row), sku=row.product.sku, number=row.number) for row in rows]


def show_rates(rows: Sequence[models.ExchangeRate]) -> list[ExchangeRate]:
    """Rates as people write them."""
    return [
        ExchangeRate(
            id=row.pk,
            source=row.source,
            target=row.target,
            rate=rate_text(row),
            starts_at=row.starts_at,
            created_at=row.created_at,
        )
        for row in rows
    ]


def show_owners(rows: Sequence[models.CategoryOwner]) -> list[CategoryOwner]:
    """Owners whose categories and users are loaded."""
    return [
        CategoryOwner(
            **frame(row),
            category=row.category_id,
            path=row.category.path,
            owner=person(row.member),
        )
        for row in rows
    ]


def show_categories(categories: Sequence[models.Category]) -> list[Category]:
    """The tree, each category before those below it."""
    return [
        Category(
            **frame(category), path=category.path, name=category.name, parent=category.parent_id
        )
        for category in categories
    ]


def show_product(
    product: models.Product,
    prices: Mapping[str, PriceTiers],
    currency: str,
    part_number: str | None = None,
) -> Product:
    """A product with its category loaded; prices that are not in the mapping are not shown.

    ``part_number`` is what the caller's company calls it.
    """
    tiers = prices.get(product.id, PriceTiers((), ()))
    return Product(
        **frame(product),
        sku=product.sku,
        name=product.name,
        description=product.description,
        category=product.category.path,
        brand=product.brand,
        supplier=product.supplier,
        family=product.family,
        variant=product.variant,
        pack=product.pack,
        price_quantity=product.price_quantity,
        minimum_quantity=product.minimum_quantity,
        step_quantity=product.step_quantity,
        stock=product.stock,
        sells_beyond_stock=product.sells_beyond_stock,
        lead_time_days=product.lead_time_days,
        is_restricted=product.is_restricted,
        tags=product.tags,
        attributes={name: str(value) for name, value in product.attributes.items()},
        part_number=part_number,
        status=product.status,
        substitute=product.substitute_id,
        prices=_tiers(tiers.tiers, product, currency),
        list_prices=_tiers(tiers.list_tiers, product, currency),
    )


def _tiers(tiers: Sequence[Tier], product: models.Product, currency: str) -> list[TierShown]:
    return [
        TierShown(
            from_quantity=tier.from_quantity,
            unit_price=UnitPrice(
                amount_minor=tier.unit_price_minor,
                currency=currency,
                price_quantity=product.price_quantity,
            ),
        )
        for tier in tiers
    ]
