"""What the merchant sells, to whom, at which prices and with which reductions."""

from placet.catalog.models.assortments import Assortment, AssortmentEntry
from placet.catalog.models.prices import CompanyPriceList, ExchangeRate, Price, PriceList
from placet.catalog.models.products import (
    Category,
    CategoryOwner,
    PartNumber,
    Product,
    SearchWord,
)
from placet.catalog.models.promotions import Promotion, PromotionEntry
from placet.catalog.models.taxes import TaxClass, TaxRate
from placet.catalog.models.terms import StoreTerms

__all__ = [
    "Assortment",
    "AssortmentEntry",
    "Category",
    "CategoryOwner",
    "CompanyPriceList",
    "ExchangeRate",
    "PartNumber",
    "Price",
    "PriceList",
    "Product",
    "Promotion",
    "PromotionEntry",
    "SearchWord",
    "StoreTerms",
    "TaxClass",
    "TaxRate",
]
