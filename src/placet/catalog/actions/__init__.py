"""The use cases of the catalog: products, prices, and what the store asks of orders."""

from placet.catalog.actions.owners import name_category_owner
from placet.catalog.actions.price_lists import (
    agree_price_lists,
    assign_price_list,
    change_price_list,
    create_price_list,
)
from placet.catalog.actions.prices import (
    PriceValues,
    remove_prices,
    set_prices,
    set_store_terms,
)
from placet.catalog.actions.products import (
    ProductValues,
    upsert_category,
    upsert_product,
    upsert_products,
)
from placet.catalog.actions.rates import set_exchange_rate
from placet.catalog.actions.stock import OutOfStock, return_stock, take_stock

__all__ = [
    "OutOfStock",
    "PriceValues",
    "ProductValues",
    "agree_price_lists",
    "assign_price_list",
    "change_price_list",
    "create_price_list",
    "name_category_owner",
    "remove_prices",
    "return_stock",
    "set_exchange_rate",
    "set_prices",
    "set_store_terms",
    "take_stock",
    "upsert_category",
    "upsert_product",
    "upsert_products",
]
