"""Products of the merchant: found by their SKU, thousands at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from placet.catalog.actions.removing import (
    remove_empty_categories,
    remove_products,
)
from placet.catalog.models import Category, Price, PriceList, Product
from placet.catalog.product_values import values_of
from placet.catalog.used import find_used
from placet.companies.permissions import CATALOG_MANAGE
from placet.core.errors import PlacetError
from placet.imports.ground import Ground
from placet.imports.kinds.kind import Cells, ChangedSince, Kind, Made, Result, nothing_above
from placet.imports.kinds.product_cells import PRODUCT, SKU, STOCK, cells_of
from placet.imports.kinds.product_writing import AT_ONCE, give_back, link_later, write_products
from placet.imports.values import show_amount

MOST_ROWS = 100_000
HEAVY = ("description", "search_text", "attributes", "tags", "metadata")


def write_row(cells: Cells, ground: Ground) -> Made:
    """One row by itself; raises what refuses it."""
    return alone(write_many([cells], ground))


def write_many(rows: Sequence[Cells], ground: Ground) -> list[Result]:
    """Add what is new and change what differs; categories that are named and missing are made."""
    return write_products(rows, ground, may_add=True)


def write_stock(rows: Sequence[Cells], ground: Ground) -> list[Result]:
    """The same for products that are there, and of these only what is in stock."""
    return write_products(rows, ground, may_add=False)


def check_many_back(made: Sequence[Made], ground: Ground) -> list[Result]:
    """What was changed since, and what was added and somebody uses; nothing is written."""
    versions = dict(
        Product.objects.filter(pk__in=[one.id for one in made]).values_list("pk", "version")
    )
    answers: dict[str, Result] = {}
    for one in made:
        is_same = versions.get(one.id) == one.version
        answers[one.id] = one if is_same else ChangedSince(gettext("It has been changed since."))
    for product_id in _used([one.id for one in made if one.did == "added"], ground):
        answers[product_id] = ChangedSince(gettext("It is in a cart or was bought by now."))
    return [answers[one.id] for one in made]


def _used(ids: Sequence[str], ground: Ground) -> set[str]:
    """Those that anything but a product of the same import points to."""
    substitutes = Product.objects.filter(substitute__in=ids).values_list("substitute_id", "pk")
    named = {product_id for product_id, user in substitutes if user not in ground.ids}
    return named | find_used(Product, ids, besides=(Price, Product))


def take_many_back(made: Sequence[Made], ground: Ground) -> list[Result]:
    """Take away what was added and nobody has used; give back what was changed."""
    products: dict[str, Product] = {}
    answers: list[Result] = []
    for start in range(0, len(made), AT_ONCE):
        part = made[start : start + AT_ONCE]
        locked = Product.objects.select_for_update().filter(pk__in=[one.id for one in part])
        products |= {one.pk: one for one in locked.defer(*HEAVY).order_by("id")}
        answers += check_many_back(part, ground)
    if not all(isinstance(one, Made) for one in answers):
        return answers
    give_back([one for one in made if one.did == "changed"], ground)
    remove_products([products[one.id] for one in made if one.did == "added"], **ground.at)
    ids = [category for one in made for category in one.before.get("categories", ())]
    remove_empty_categories(list(Category.objects.filter(pk__in=ids)), **ground.at)
    return answers


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
    prices = dict(first.values_list("product_id", "unit_price_minor").iterator(AT_ONCE))
    products = Product.objects.select_related("category", "tax_class", "substitute")
    for product in products.order_by("sku").iterator(AT_ONCE):
        minor = prices.get(product.pk)
        row = cells_of(values_of(product))
        yield row | {"price": show_amount(minor, currency) if minor is not None else ""}


def export_stock(ground: Ground) -> Iterator[dict[str, str]]:
    """What is in stock, by SKU."""
    for row in export_rows(ground):
        yield {column.key: row[column.key] for column in (SKU, *STOCK)}


KIND = Kind(
    "products",
    _("Products"),
    CATALOG_MANAGE,
    PRODUCT,
    lambda cells: cells["sku"],
    nothing_above,
    write_row,
    take_back,
    export_rows,
    finish=link_later,
    write_many=write_many,
    take_many_back=take_many_back,
    check_many_back=check_many_back,
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
    check_many_back=check_many_back,
    most_rows=MOST_ROWS,
)
