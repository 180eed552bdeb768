"""Promotions, tax classes and places for stories, in a word each."""

from __future__ import annotations

from placet.catalog.models import (
    Category,
    Product,
    Promotion,
    PromotionEntry,
    TaxClass,
    TaxRate,
)
from tests.cast import Cast


def promote(
    cast: Cast,
    key: str,
    kind: str,
    *,
    categories: tuple[str, ...] = (),
    skus: tuple[str, ...] = (),
    **values: object,
) -> Promotion:
    """A promotion in euros that holds now; ``categories`` are paths."""
    promotion = Promotion.objects.create(
        created_at=cast.now,
        key=key,
        name=key.title(),
        kind=kind,
        **{"currency": "EUR", **values},
    )
    for path in categories:
        category = Category.objects.get(path=path)
        PromotionEntry.objects.create(promotion=promotion, category=category)
    for sku in skus:
        product = Product.objects.get(sku=sku)
        PromotionEntry.objects.create(promotion=promotion, product=product)
    return promotion


def tax_by_country(cast: Cast, *skus: str, **rates: int) -> TaxClass:
    """A tax class for these products: ``DE=1900``, and ``elsewhere=2300``."""
    tax_class = TaxClass.objects.create(created_at=cast.now, key="standard", name="Standard")
    for country, minor in rates.items():
        TaxRate.objects.create(
            created_at=cast.now,
            tax_class=tax_class,
            country="" if country == "elsewhere" else country,
            basis_points=minor,
        )
    Product.objects.filter(sku__in=skus).update(tax_class=tax_class)
    return tax_class
