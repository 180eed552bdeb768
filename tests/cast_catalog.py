"""What Norden Supply sells to the cast: a small catalog with every kind of product once."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from placet.catalog import actions
from placet.catalog.actions import PriceValues, ProductValues
from placet.companies.models import Company
from placet.core.actor import Actor
from tests.cast_people import system_of

CATEGORIES: Final = (
    ("consumables/", "Consumables"),
    ("consumables/gloves/", "Gloves"),
    ("consumables/dressings/", "Dressings"),
    ("medical-devices/", "Medical devices"),
    ("medical-devices/infusion/", "Infusion"),
    ("office/", "Office"),
)
_GLOVES, _DRESSINGS = "consumables/gloves/", "consumables/dressings/"
_INFUSION, _OFFICE = "medical-devices/infusion/", "office/"
_NAMES: Final = (
    # SKU, name, category, list price in cents, tax in basis points
    ("GLV-S", "Nitrile gloves, S", _GLOVES, 890, 1900),
    ("GLV-M", "Nitrile gloves, M", _GLOVES, 890, 1900),
    ("GLV-L", "Nitrile gloves, L", _GLOVES, 890, 1900),
    ("GLV-OLD", "Latex gloves, M", _GLOVES, 790, 1900),
    ("DRS-10", "Wound dressing, 10 × 10 cm", _DRESSINGS, 1250, 700),
    ("DRS-15", "Wound dressing, 15 × 15 cm", _DRESSINGS, 1990, 700),
    ("SWB-100", "Alcohol swabs", _DRESSINGS, 1999, 1900),
    ("INF-SET", "Infusion set with Luer connector", _INFUSION, 12400, 1900),
    ("INF-PUMP", "Infusion pump", _INFUSION, 189000, 1900),
    ("INF-LINE", "Extension line, 150 cm", _INFUSION, 345, 1900),
    ("PPR-A4", "Copy paper, A4", _OFFICE, 549, 1900),
    ("PEN-B", "Ballpoint pen, blue", _OFFICE, 99, 1900),
    ("BOX-50", "Archive box", _OFFICE, 215, 1900),
    ("SPN-1", "Łyżka groß", _OFFICE, 333, 1900),
    ("GONE-1", "Fax paper", _OFFICE, 420, 1900),
)
DISCONTINUED: Final = {"GLV-OLD": "GLV-M", "GONE-1": ""}
BY_THE_HUNDRED: Final = {"SWB-100"}
IN_STEPS: Final = {"BOX-50": (10, 5)}
# Contract prices of Meridian: the glove costs less from ten boxes on.
CONTRACT: Final = (
    PriceValues("GLV-M", 800),
    PriceValues("GLV-M", 750, from_quantity=10),
    PriceValues("INF-SET", 11900),
)
IN_ZLOTY: Final = (PriceValues("GLV-M", 3900), PriceValues("PPR-A4", 2399))


def make_catalog(*, now: datetime) -> None:
    """Categories, products, the default lists, Meridian's contract, and the store's terms."""
    norden = Company.objects.get(slug="norden")
    system = system_of(norden)
    for position, (path, name) in enumerate(CATEGORIES):
        actions.upsert_category(path, name=name, position=position, actor=system, now=now)
    actions.upsert_products([_product(*row) for row in _NAMES], actor=system, now=now)
    default = actions.create_price_list(
        "list-eur", name="List prices", currency="EUR", is_default=True, actor=system, now=now
    )
    listed = [PriceValues(sku, minor) for sku, _name, _path, minor, _tax in _NAMES]
    actions.set_prices(default, prices=listed, actor=system, now=now)
    zloty = actions.create_price_list(
        "list-pln", name="Cennik", currency="PLN", is_default=True, actor=system, now=now
    )
    actions.set_prices(zloty, prices=IN_ZLOTY, actor=system, now=now)
    _agree_contract(system, now)
    actions.set_store_terms(
        "EUR",
        minimum_order_minor=5_000,
        shipping_fee_minor=990,
        free_shipping_from_minor=50_000,
        shipping_tax_basis_points=1900,
        actor=system,
        now=now,
    )
    actions.set_store_terms("PLN", shipping_fee_minor=1500, actor=system, now=now)


def _agree_contract(system: Actor, now: datetime) -> None:
    contract = actions.create_price_list(
        "meridian", name="Meridian contract", currency="EUR", actor=system, now=now
    )
    actions.set_prices(contract, prices=CONTRACT, actor=system, now=now)
    meridian = Company.objects.get(slug="meridian")
    actions.assign_price_list(meridian, price_list=contract, actor=system, now=now)


def _product(sku: str, name: str, category: str, _minor: int, tax: int) -> ProductValues:
    minimum, step = IN_STEPS.get(sku, (1, 1))
    return ProductValues(
        sku=sku,
        name=name,
        category=category,
        pack="box",
        brand="Norden",
        supplier="Norden Supply",
        price_quantity=100 if sku in BY_THE_HUNDRED else 1,
        minimum_quantity=minimum,
        step_quantity=step,
        stock=500,
        tax_basis_points=tax,
        is_discontinued=sku in DISCONTINUED,
        substitute=DISCONTINUED.get(sku, ""),
    )
