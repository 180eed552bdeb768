"""What products cost the merchant: found by their SKU. It never leaves the merchant's side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from placet.catalog.actions.costs import CostValues, set_costs
from placet.catalog.models import Product
from placet.companies.permissions import CATALOG_MANAGE
from placet.core.errors import InvalidInput
from placet.imports.columns import Column
from placet.imports.ground import Ground
from placet.imports.kinds.kind import (
    Cells,
    Change,
    ChangedSince,
    Kind,
    Made,
    Result,
    nothing_above,
)
from placet.imports.kinds.product_cells import SKU
from placet.imports.kinds.product_writing import AT_ONCE
from placet.imports.kinds.products import MOST_ROWS, alone
from placet.imports.values import read_amount, show_amount
from placet.policy.money import is_currency

COLUMNS: Final = (
    SKU,
    Column("cost", _("Cost"), _("Of as many pieces as its price is for"), True, 40,
           ("purchase price", "koszt", "einkaufspreis", "ek"), "4.10"),
    Column("currency", _("Currency"), _("Empty is that of your company"), False, 3,
           ("waluta", "währung"), "EUR"),
)  # fmt: skip


def write_many(rows: Sequence[Cells], ground: Ground) -> list[Result]:
    """State what differs."""
    products = _products([cells["sku"] for cells in rows])
    answers: list[Result] = []
    costs: list[CostValues] = []
    for cells in rows:
        try:
            made, cost = _read(cells, products, ground)
        except InvalidInput as error:
            answers.append(error)
            continue
        answers.append(made)
        costs += [cost] if made.did == "changed" else []
    if costs:
        set_costs(costs, **ground.at)
    return answers


def _read(cells: Cells, products: dict[str, Product], ground: Ground) -> tuple[Made, CostValues]:
    product = products.get(cells["sku"])
    if product is None:
        raise InvalidInput("sku", "unknown", gettext("There is no product with this SKU."))
    currency = (cells.get("currency") or ground.company.currency).upper()
    if not is_currency(currency):
        raise InvalidInput(
            "currency", "currency", gettext("A currency is three letters, such as EUR.")
        )
    minor = read_amount("cost", cells["cost"], currency)
    if minor < 0:
        raise InvalidInput("cost", "range", gettext("A cost is zero or more."))
    cost = CostValues(product.sku, minor, currency)
    if (product.cost_minor, product.cost_currency) == (minor, currency):
        return Made("unchanged", product.pk, product.version), cost
    before = {"cost": product.cost_minor, "currency": product.cost_currency}
    changes = [Change("cost", _cell(product), show_amount(minor, currency))]
    if product.cost_currency != currency:
        changes.append(Change("currency", product.cost_currency, currency))
    made = Made("changed", product.pk, product.version + 1, before, (), tuple(changes))
    return made, cost


def check_many_back(made: Sequence[Made], ground: Ground) -> list[Result]:
    """Which products were changed since; nothing is written."""
    rows = Product.objects.filter(pk__in=[one.id for one in made])
    versions = dict(rows.values_list("pk", "version"))
    return [
        one
        if versions.get(one.id) == one.version
        else ChangedSince(gettext("It has been changed since."))
        for one in made
    ]


def take_many_back(made: Sequence[Made], ground: Ground) -> list[Result]:
    """Give back the former costs, unknown ones too."""
    answers: list[Result] = []
    for start in range(0, len(made), AT_ONCE):
        part = made[start : start + AT_ONCE]
        locked = Product.objects.select_for_update().filter(pk__in=[one.id for one in part])
        skus = dict(locked.order_by("id").values_list("pk", "sku"))
        found = check_many_back(part, ground)
        answers += found
        if all(isinstance(one, Made) for one in found):
            costs = [
                CostValues(skus[one.id], one.before["cost"], one.before["currency"]) for one in part
            ]
            set_costs(costs, **ground.at)
    return answers


def export_rows(ground: Ground) -> Iterator[dict[str, str]]:
    """Every product by SKU whose cost is known."""
    rows = Product.objects.exclude(cost_minor=None).only("sku", "cost_minor", "cost_currency")
    for product in rows.order_by("sku").iterator(AT_ONCE):
        yield {
            "sku": product.sku,
            "cost": _cell(product),
            "currency": product.cost_currency,
        }


def _products(skus: Sequence[str]) -> dict[str, Product]:
    rows = Product.objects.select_for_update().filter(sku__in=skus).order_by("id")
    return {one.sku: one for one in rows.only("sku", "version", "cost_minor", "cost_currency")}


def _cell(product: Product) -> str:
    if product.cost_minor is None:
        return ""
    return show_amount(product.cost_minor, product.cost_currency)


KIND = Kind(
    "costs",
    _("Costs"),
    CATALOG_MANAGE,
    COLUMNS,
    lambda cells: cells["sku"],
    nothing_above,
    lambda cells, ground: alone(write_many([cells], ground)),
    lambda made, ground: (alone(take_many_back([made], ground)), None)[1],
    export_rows,
    write_many=write_many,
    take_many_back=take_many_back,
    check_many_back=check_many_back,
    most_rows=MOST_ROWS,
)
