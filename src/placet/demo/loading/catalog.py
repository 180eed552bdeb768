"""What Norden Supply sells, at which prices, on which terms."""

from __future__ import annotations

from placet.catalog.actions import (
    PriceValues,
    ProductValues,
    assign_price_list,
    create_price_list,
    set_prices,
    set_store_terms,
    upsert_category,
    upsert_products,
)
from placet.catalog.models import Product
from placet.demo.loading.registry import Registry
from placet.demo.world.catalog.assortment import (
    BLOCKED,
    CATEGORIES,
    CORE_PRODUCTS,
    DISCONTINUED,
    PRODUCTS,
    SUBSTITUTES,
)
from placet.demo.world.catalog.shapes import Product as WorldProduct
from placet.demo.world.companies import COMPANIES, NORDEN, STORE_TERMS
from placet.demo.world.prices import PRICE_LISTS, PRICES

_GONE = {withdrawal.sku for withdrawal in DISCONTINUED}
_SUBSTITUTES = dict(SUBSTITUTES) | {w.sku: w.substitute for w in DISCONTINUED if w.substitute}


def load_catalog(registry: Registry) -> None:
    """The assortment as it is today; the history brings its own prices."""
    actor, now = registry.system(NORDEN), registry.setup
    for position, category in enumerate(CATEGORIES):
        upsert_category(
            f"{category.path}/", name=category.name, position=position, actor=actor, now=now
        )
    sold = PRODUCTS if registry.scale.has_ranges else CORE_PRODUCTS
    upsert_products([_values(product) for product in sold], actor=actor, now=now)
    registry.products.update(
        {product.sku: product for product in Product.objects.select_related("category")}
    )
    set_store_terms("EUR", **STORE_TERMS._asdict(), actor=actor, now=now)
    _load_prices(registry)


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
        row = registry.price_lists[company.price_list]
        if not row.is_default:
            customer = registry.companies[company.key]
            assign_price_list(customer, price_list=row, actor=actor, now=now)
