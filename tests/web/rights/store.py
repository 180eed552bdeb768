"""What the merchant keeps of the catalog, and assortments of both sides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from placet.catalog.actions import (
    AssortmentValues,
    Naming,
    PromotionValues,
    create_assortment,
    create_promotion,
    create_tax_class,
)
from placet.catalog.models import Category, PriceList, Product
from placet.companies.models import Company
from tests.cast import Cast
from tests.web.rights.table import read_table

ROWS = read_table(
    """
                               owner peer sister head admin auditor desk store other parent child
GET   assortments              403   403  403    403  200   403     404  404   403   200    403
GET   assortment_new           403   403  403    403  200   403     404  404   403   200    403
POST  assortment_new           403   403  403    403  302   403     404  404   403   422    403
GET   assortment               403   403  403    403  200   403     404  404   404   404    404
POST  assortment               403   403  403    403  302   403     404  404   404   404    404
POST  assortment_close         403   403  403    403  302   403     404  404   404   404    404
GET   customer_assortments     404   404  404    404  404   404     403  200   404   404    404
GET   customer_assortment_new  404   404  404    404  404   404     403  200   404   404    404
POST  customer_assortment_new  404   404  404    404  404   404     403  302   404   404    404
GET   customer_price_lists     404   404  404    404  404   404     403  200   404   404    404
POST  customer_price_lists     404   404  404    404  404   404     403  302   404   404    404
GET   kept_products            404   404  404    404  404   404     403  200   404   404    404
GET   kept_product_new         404   404  404    404  404   404     403  200   404   404    404
POST  kept_product_new         404   404  404    404  404   404     403  302   404   404    404
POST  kept_products_change     404   404  404    404  404   404     403  302   404   404    404
GET   kept_product             404   404  404    404  404   404     403  200   404   404    404
POST  kept_product             404   404  404    404  404   404     403  302   404   404    404
GET   price_lists              404   404  404    404  404   404     403  200   404   404    404
GET   price_list_new           404   404  404    404  404   404     403  200   404   404    404
POST  price_list_new           404   404  404    404  404   404     403  302   404   404    404
GET   price_list               404   404  404    404  404   404     403  200   404   404    404
POST  price_list               404   404  404    404  404   404     403  302   404   404    404
POST  price_list_prices        404   404  404    404  404   404     403  302   404   404    404
GET   promotions               404   404  404    404  404   404     403  200   404   404    404
GET   promotion_new            404   404  404    404  404   404     403  200   404   404    404
POST  promotion_new            404   404  404    404  404   404     403  302   404   404    404
GET   promotion                404   404  404    404  404   404     403  200   404   404    404
POST  promotion                404   404  404    404  404   404     403  302   404   404    404
POST  promotion_end            404   404  404    404  404   404     403  302   404   404    404
GET   tax_classes              404   404  404    404  404   404     403  200   404   404    404
GET   tax_class_new            404   404  404    404  404   404     403  200   404   404    404
POST  tax_class_new            404   404  404    404  404   404     403  302   404   404    404
GET   tax_class                404   404  404    404  404   404     403  200   404   404    404
POST  tax_class                404   404  404    404  404   404     403  302   404   404    404
GET   store_terms              404   404  404    404  404   404     403  200   404   404    404
POST  store_terms              404   404  404    404  404   404     403  302   404   404    404
""",
    deactivated="404",
    suspended="403",
    anonymous="login",
)
OPERATIONS = read_table(
    """
                           owner peer sister head admin auditor desk store other parent child key
GET    list_assortments    403   403  403    403  200   403     403  200   403   200    403   200
POST   create_assortment   403   403  403    403  201   403     403  201   403   201    403   201
GET    get_assortment      403   403  403    403  200   403     404  404   404   404    404   200
PUT    change_assortment   403   403  403    403  200   403     404  404   404   404    404   200
POST   close_assortment    403   403  403    403  201   403     404  404   404   404    404   201
GET    list_price_lists    404   404  404    404  404   404     403  200   404   404    404   404
POST   create_price_list   403   403  403    403  403   403     403  201   403   403    403   403
GET    get_price_list      404   404  404    404  404   404     403  200   404   404    404   404
PUT    change_price_list   404   404  404    404  404   404     403  200   404   404    404   404
GET    list_prices         404   404  404    404  404   404     403  200   404   404    404   404
PUT    set_prices          404   404  404    404  404   404     403  200   404   404    404   404
GET    list_agreed_lists   404   404  404    404  404   404     403  200   404   404    404   404
PUT    agree_price_lists   404   404  404    404  404   404     403  200   404   404    404   404
GET    list_promotions     404   404  404    404  404   404     403  200   404   404    404   404
POST   create_promotion    403   403  403    403  403   403     403  201   403   403    403   403
GET    get_promotion       404   404  404    404  404   404     403  200   404   404    404   404
PUT    change_promotion    404   404  404    404  404   404     403  200   404   404    404   404
POST   end_promotion       404   404  404    404  404   404     403  201   404   404    404   404
GET    list_tax_classes    404   404  404    404  404   404     403  200   404   404    404   404
POST   create_tax_class    403   403  403    403  403   403     403  201   403   403    403   403
PUT    change_tax_class    404   404  404    404  404   404     403  200   404   404    404   404
GET    list_store_terms    404   404  404    404  404   404     403  200   404   404    404   404
PUT    set_store_terms     404   404  404    404  404   404     403  200   404   404    404   404
""",
    deactivated="401",
    suspended="403",
    anonymous="401",
)
OFFICE = Naming(["office/"])
PROMOTION: Mapping[str, Any] = {
    "name": "Office",
    "kind": "order_percent",
    "currency": "EUR",
}


def kept_things(cast: Cast) -> dict[str, Any]:
    """One of each; the assortment keeps back what nobody in the other stories orders."""
    meridian = Company.objects.get(slug="meridian")
    doing: dict[str, Any] = {"actor": cast.ines, "now": cast.now}
    values = AssortmentValues("No fax paper", "deny", Naming((), ["GONE-1"]))
    assortment = create_assortment(meridian, values=values, **doing)
    doing["actor"] = cast.mira
    promotion = create_promotion(
        "far-off",
        values=PromotionValues(
            "Far off", "order_percent", "EUR", basis_points=100, from_goods_minor=10**12
        ),
        **doing,
    )
    tax_class = create_tax_class("standard", name="Standard", rates={"": 1900}, **doing)
    return {
        "assortment_id": assortment.pk,
        "promotion_id": promotion.pk,
        "tax_class_id": tax_class.pk,
        "product_id": Product.objects.get(sku="BOX-50").pk,
        "price_list_id": PriceList.objects.get(key="meridian").pk,
        "currency": "EUR",
    }


def wishes_about_the_store(cast: Cast) -> dict[str, Mapping[str, Any]]:
    """The fields of each form, by the name of its route."""
    assortment = {"name": "Fax", "effect": "deny", "products": "GONE-1", "version": "1"}
    of_ours = {**assortment, "audience": f"unit:{cast.unit['icu']}"}
    product = {
        "name": "Archive box",
        "category": Category.objects.get(path="office/").path,
        "pack": "box",
        **dict.fromkeys(("price_quantity", "minimum_quantity", "step_quantity"), "1"),
        "stock": "5",
        "lead_time_days": "2",
        "version": "1",
    }
    tax_class = {"name": "Standard", "elsewhere": "20", "version": "1"}
    promotion = {**PROMOTION, "basis_points": "1", "from_goods_minor": "999999999"}
    return {
        "assortment_new": of_ours,
        "assortment": of_ours,
        "assortment_close": {},
        "customer_assortment_new": assortment,
        "customer_price_lists": {},
        "kept_product_new": {**product, "sku": "BOX-60"},
        "kept_products_change": {"do-wish": "discontinue", "do-all": "on", "q": "BOX-50"},
        "kept_product": product,
        "price_list_new": {"name": "Winter", "key": "winter", "currency": "EUR"},
        "price_list": {"name": "Contract", "version": "2"},
        "price_list_prices": {
            "sku": "BOX-50",
            "from_0": "1",
            "price_0": "2.00",
            "version": "2",
        },
        "promotion_new": {**promotion, "key": "office"},
        "promotion": {**promotion, "version": "1"},
        "promotion_end": {},
        "tax_class_new": {**tax_class, "key": "none"},
        "tax_class": tax_class,
        "store_terms": {
            "currency": "EUR",
            "minimum_order_minor": "50",
            "shipping_fee_minor": "9.90",
            "free_shipping_from_minor": "500",
            "price_hold_days": "14",
            "shipping_tax_basis_points": "19",
        },
    }


def calls_about_the_store(cast: Cast) -> dict[str, Mapping[str, Any]]:
    """The body of each operation, by its name."""
    assortment = {"name": "Fax", "effect": "deny", "products": ["GONE-1"]}
    promotion = {**PROMOTION, "basis_points": 100, "from_goods_minor": 10**12}
    return {
        "create_assortment": assortment,
        "change_assortment": assortment,
        "close_assortment": {},
        "create_price_list": {"key": "winter", "name": "Winter", "currency": "EUR"},
        "change_price_list": {"name": "Contract"},
        "set_prices": {"prices": [{"sku": "BOX-50", "unit_price_minor": 200}]},
        "agree_price_lists": {"price_lists": []},
        "create_promotion": {**promotion, "key": "office"},
        "change_promotion": promotion,
        "end_promotion": {},
        "create_tax_class": {"key": "none", "name": "None", "rates": {"*": 0}},
        "change_tax_class": {"name": "Standard", "rates": {"*": 2000}},
        "set_store_terms": {
            "minimum_order_minor": 5_000,
            "shipping_fee_minor": 990,
            "free_shipping_from_minor": 50_000,
            "shipping_tax_basis_points": 1900,
        },
    }
