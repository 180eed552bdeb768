"""The use cases of the catalog: products, prices, and what the store asks of orders."""

from placet.catalog.actions.assortments import (
    AssortmentValues,
    Audience,
    change_assortment,
    close_assortment,
    create_assortment,
)
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
    change_product,
    link_substitutes,
    upsert_category,
    upsert_product,
    upsert_products,
)
from placet.catalog.actions.promotions import (
    PromotionValues,
    change_promotion,
    create_promotion,
    end_promotion,
)
from placet.catalog.actions.rates import set_exchange_rate
from placet.catalog.actions.stock import OutOfStock, exchange_stock, return_stock, take_stock
from placet.catalog.actions.taxes import change_tax_class, create_tax_class
from placet.catalog.keeping import Naming
from placet.catalog.product_values import ProductValues

__all__ = [
    "AssortmentValues",
    "Audience",
    "Naming",
    "OutOfStock",
    "PriceValues",
    "ProductValues",
    "PromotionValues",
    "agree_price_lists",
    "assign_price_list",
    "change_assortment",
    "change_price_list",
    "change_product",
    "change_promotion",
    "change_tax_class",
    "close_assortment",
    "create_assortment",
    "create_price_list",
    "create_promotion",
    "create_tax_class",
    "end_promotion",
    "exchange_stock",
    "link_substitutes",
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
