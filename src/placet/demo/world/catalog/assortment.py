"""The whole assortment: every department together, and what is out of sale."""

from typing import NamedTuple

from placet.demo.world.catalog import (
    facility,
    hygiene,
    it,
    kitchen,
    laboratory,
    medical_consumables,
    medical_devices,
    office,
    safety_wear,
)
from placet.demo.world.catalog.ranges import (
    access,
    fixings,
    glassware,
    offices,
    reagents,
    wards,
    wear,
    workshop,
)
from placet.demo.world.catalog.shapes import Category, Family, Product, products_of


class Withdrawal(NamedTuple):
    """A product that went out of sale ``days_ago``, and its substitute where there is one."""

    sku: str
    substitute: str | None
    days_ago: int


_DEPARTMENTS = (
    medical_consumables,
    medical_devices,
    hygiene,
    laboratory,
    office,
    it,
    facility,
    safety_wear,
    kitchen,
)

# Everything that comes in many sizes: the small world is without it.
_RANGES = (access, wards, reagents, glassware, fixings, workshop, wear, offices)

CATEGORIES: tuple[Category, ...] = tuple(
    category for department in _DEPARTMENTS for category in department.CATEGORIES
)
FAMILIES: tuple[Family, ...] = tuple(
    family for department in (*_DEPARTMENTS, *_RANGES) for family in department.FAMILIES
)
PRODUCTS: tuple[Product, ...] = tuple(
    product for family in FAMILIES for product in products_of(family)
)
CORE_PRODUCTS: tuple[Product, ...] = tuple(
    product
    for department in _DEPARTMENTS
    for family in department.FAMILIES
    for product in products_of(family)
)
PRODUCT_BY_SKU: dict[str, Product] = {product.sku: product for product in PRODUCTS}

# Out of sale: shown on old requisitions, never orderable again.
DISCONTINUED = (
    Withdrawal("NS-51030", "NS-51033", 24),
    Withdrawal("NS-60202", "NS-60201", 40),
    Withdrawal("NS-47011", "NS-47010", 12),
    Withdrawal("NS-82233", None, 60),
)

# Not for sale for the moment (a recall), with the stock still in the warehouse.
BLOCKED = ("NS-45111",)

# What buyers may be offered while the first is short; the discontinued ones are above.
SUBSTITUTES: tuple[tuple[str, str], ...] = (
    ("NS-44062", "NS-44061"),
    ("NS-10413", "NS-10414"),
    ("NS-20901", "NS-20902"),
    ("NS-82010", "NS-82011"),
    ("NS-84010", "NS-84011"),
    ("NS-86310", "NS-86311"),
    ("NS-90010", "NS-90011"),
)

# Every key that a product names; one drawing each.
PICTOGRAMS = (
    "p-glove",
    "p-mask",
    "p-bottle",
    "p-tub",
    "p-drip",
    "p-syringe",
    "p-gauze",
    "p-film",
    "p-pad",
    "p-apron",
    "p-bag",
    "p-bin",
    "p-stethoscope",
    "p-monitor",
    "p-filter",
    "p-pipette",
    "p-flask",
    "p-tube",
    "p-paper",
    "p-pen",
    "p-folder",
    "p-chair",
    "p-laptop",
    "p-printer",
    "p-network",
    "p-wrench",
    "p-screw",
    "p-lamp",
    "p-castor",
    "p-helmet",
    "p-shoe",
    "p-vest",
    "p-cup",
    "p-kettle",
    "p-mop",
    "p-roll",
)
