"""Products of the merchant: found by their SKU, thousands at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from placet.catalog.actions.removing import (
    ProductsInUse,
    remove_empty_categories,
    remove_products,
)
from placet.catalog.models import Category, Price, PriceList, Product
from placet.catalog.product_values import values_of
from placet.companies.permissions import CATALOG_MANAGE
from placet.core.errors import PlacetError
from placet.imports.ground import Ground
from placet.imports.kinds.kind import Cells, ChangedSince, Kind, Made, Result, nothing_above
from placet.imports.kinds.product_cells import PRODUCT, SKU, STOCK, write_attributes
from placet.imports.kinds.product_writing import give_back, write_products
from placet.imports.values import show_amount

MOST_ROWS = 20_000


def write_row(cells: Cells, ground: Ground) -> Made:
    """One row by itself; raises what refuses it."""
    return alone(write_many([cells], ground))


def write_many(rows: Sequence[Cells], ground: Ground) -> list[Result]:
    """Add what is new and change what differs; categories that are named and missing are made."""
    return write_products(rows, ground, may_add=True)


def write_stock(rows: Sequence[Cells], ground: Ground) -> list[Result]:
    """The same for products that are there, and of these only what is in stock."""
    return write_products(rows, ground, may_add=False)


def take_many_back(made: Sequence[Made], ground: Ground) -> list[Result]:
    """Take away what was added and nobody has used; give back what was changed."""
    locked = Product.objects.select_for_update().filter(pk__in=[one.id for one in made])
    products = {one.pk: one for one in locked.order_by("id")}
    answers: dict[str, Result] = {}
    for one in made:
        product = products.get(one.id)
        is_same = product is not None and product.version == one.version
        sentence = gettext("It has been changed since.")
        answers[one.id] = one if is_same else ChangedSince(sentence)
    fit = [one for one in made if isinstance(answers[one.id], Made)]
    give_back([one for one in fit if one.did == "changed"], ground)
    added = [products[one.id] for one in fit if one.did == "added"]
    try:
        remove_products(added, **ground.at)
    except ProductsInUse as refused:
        for product_id in refused.facts["ids"]:
            answers[product_id] = ChangedSince(gettext("It is in a cart or was bought by now."))
    ids = [category for one in fit for category in one.before.get("categories", ())]
    remove_empty_categories(list(Category.objects.filter(pk__in=ids)), **ground.at)
    return [answers[one.id] for one in made]


def take_back(made: Made, ground: Ground) -> None:
    """One row by itself; raises what prevents it."""
    alone(take_many_back([made], ground))


def alone(results: Sequence[Result]) -> Made:
    """The only result; raises it where it is a refusal."""
    (result,) = results
    if isinstance(result, PlacetError):
        raise result
    return result


def export_rows(ground: Ground) -> Iterator[dict[str, str]]:
    """Every product by SKU, with its price on the default list."""
    currency = ground.company.currency
    default = PriceList.objects.filter(is_default=True, currency=currency).first()
    first = Price.objects.filter(price_list=default, from_quantity=1)
    prices = dict(first.values_list("product_id", "unit_price_minor"))
    for product in Product.objects.select_related("category", "tax_class", "substitute").order_by(
        "sku"
    ):
        row: dict[str, Any] = values_of(product)._asdict()
        row |= {
            "tags": ", ".join(product.tags),
            "attributes": write_attributes(product.attributes),
            "tax": f"{product.tax_basis_points / 100:g}",
            "price": show_amount(prices[product.pk], currency) if product.pk in prices else "",
        }
        yield {column.key: _cell(row[column.key]) for column in PRODUCT}


def export_stock(ground: Ground) -> Iterator[dict[str, str]]:
    """What is in stock, by SKU."""
    for row in export_rows(ground):
        yield {column.key: row[column.key] for column in (SKU, *STOCK)}


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " ".join(str(value).split())


KIND = Kind(
    "products",
    _("Products"),
    CATALOG_MANAGE,
    PRODUCT,
    lambda cells: cells["sku"],
    lambda cells: cells.get("substitute", ""),
    write_row,
    take_back,
    export_rows,
    write_many=write_many,
    take_many_back=take_many_back,
    most_rows=MOST_ROWS,
)
STOCK_KIND = Kind(
    "stock",
    _("Stock"),
    CATALOG_MANAGE,
    (SKU, *STOCK),
    lambda cells: cells["sku"],
    nothing_above,
    lambda cells, ground: alone(write_stock([cells], ground)),
    take_back,
    export_stock,
    write_many=write_stock,
    take_many_back=take_many_back,
    most_rows=MOST_ROWS,
)
