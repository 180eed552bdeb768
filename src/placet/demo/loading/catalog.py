"""What Norden Supply sells, at which prices, on which terms."""

from __future__ import annotations

from datetime import date, timedelta

from placet.catalog.actions import (
    PriceValues,
    ProductValues,
    agree_price_lists,
    create_price_list,
    set_prices,
    set_store_terms,
    upsert_category,
    upsert_products,
)
from placet.catalog.models import Product
from placet.demo.loading.registry import Registry
from placet.demo.loading.selling import load_selling, load_tax_classes
from placet.demo.world.catalog.assortment import (
    BLOCKED,
    CATEGORIES,
    CORE_PRODUCTS,
    DISCONTINUED,
    PRODUCTS,
    SUBSTITUTES,
)
from placet.demo.world.catalog.shapes import Product as WorldProduct
from placet.demo.world.companies import COMPANIES, MERIDIAN, NORDEN, STORE_TERMS
from placet.demo.world.prices import ADDENDUM, PRICE_LISTS, PRICES
from placet.demo.world.selling import CLASS_OF_RATE

_GONE = {withdrawal.sku for withdrawal in DISCONTINUED}
_SUBSTITUTES = dict(SUBSTITUTES) | {w.sku: w.substitute for w in DISCONTINUED if w.substitute}


def load_catalog(registry: Registry) -> None:
    """The assortment as it is today; the history brings its own prices."""
    actor, now = registry.system(NORDEN), registry.setup
    for position, category in enumerate(CATEGORIES):
        upsert_category(
            f"{category.path}/", name=category.name, position=position, actor=actor, now=now
        )
    load_tax_classes(registry)
    sold = PRODUCTS if registry.scale.has_ranges else CORE_PRODUCTS
    upsert_products([_values(product) for product in sold], actor=actor, now=now)
    registry.products.update(
        {product.sku: product for product in Product.objects.select_related("category")}
    )
    set_store_terms("EUR", **STORE_TERMS._asdict(), actor=actor, now=now)
    _load_prices(registry)
    load_selling(registry)


def _values(product: WorldProduct) -> ProductValues:
    return ProductValues(
        sku=product.sku,
        name=product.name,
        category=f"{product.category}/",
        pack=product.pack,
        family=product.family,
        variant=product.variant,
        brand=product.brand,
        supplier=product.supplier,
        minimum_quantity=product.minimum,
        step_quantity=product.step,
        stock=product.stock,
        lead_time_days=product.lead_days,
        tax_basis_points=product.tax_basis_points,
        tax_class=CLASS_OF_RATE[product.tax_basis_points],
        attributes=dict(product.attributes),
        is_restricted=product.restricted,
        tags=product.tags,
        pictogram=product.pictogram,
        is_discontinued=product.sku in _GONE,
        substitute=_SUBSTITUTES.get(product.sku, ""),
    )


def _load_prices(registry: Registry) -> None:
    actor, now = registry.system(NORDEN), registry.setup
    for price_list in PRICE_LISTS:
        row = create_price_list(
            price_list.key,
            name=price_list.name,
            currency="EUR",
            is_default=price_list.is_default,
            valid_from=_next_month(registry) if price_list.key == ADDENDUM else None,
            actor=actor,
            now=now,
        )
        registry.price_lists[price_list.key] = row
        # What is blocked has no price, and what has no price cannot be ordered.
        prices = [
            PriceValues(price.sku, price.unit_price_minor, price.from_quantity)
            for price in PRICES
            if price.price_list == price_list.key
            and price.sku in registry.products
            and price.sku not in BLOCKED
        ]
        set_prices(row, prices=prices, actor=actor, now=now)
    for company in COMPANIES:
        # The addendum goes before the contract that it changes.
        agreed = [ADDENDUM, company.price_list] if company.key == MERIDIAN else [company.price_list]
        rows = [registry.price_lists[key] for key in agreed]
        if not any(row.is_default for row in rows):
            customer = registry.companies[company.key]
            agree_price_lists(customer, price_lists=rows, actor=actor, now=now)


def _next_month(registry: Registry) -> date:
    """The first day of it."""
    return (registry.today.replace(day=1) + timedelta(days=32)).replace(day=1)
