"""Up to four products side by side, with what differs marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from placet.catalog.listing import for_sale
from placet.catalog.models import Product
from placet.catalog.prices import price_lists_of
from placet.core.actor import Actor
from placet.web.catalog.forms import MOST_COMPARED
from placet.web.catalog.offers import Offer, list_offers


class ComparedRow(NamedTuple):
    """One thing about each of the products; ``differs`` where they are not alike."""

    label: str
    cells: tuple[str, ...]
    differs: bool


class Comparison(NamedTuple):
    """The products in the order of the address, and their rows; ``missing`` are no longer there."""

    offers: list[Offer]
    rows: list[ComparedRow]
    missing: list[str]


def read_comparison(actor: Actor, skus: Sequence[str], *, now: datetime) -> Comparison:
    """The first four of these SKUs that the actor may see, in a fixed number of queries."""
    wanted = list(dict.fromkeys(sku for sku in skus if 0 < len(sku) <= 64))[:MOST_COMPARED]
    lists = price_lists_of(actor.company_id, actor.currency, now)
    rows = for_sale(actor, lists).filter(sku__in=wanted).select_related("category")
    found = {product.sku: product for product in rows}
    products = [found[sku] for sku in wanted if sku in found]
    offers = list_offers(actor, products, now=now)
    missing = [sku for sku in wanted if sku not in found]
    return Comparison(offers, _rows(products), missing)


FACTS: tuple[tuple[Callable[[], str], Callable[[Product], str]], ...] = (
    (lambda: _("Variant"), lambda one: one.variant),
    (lambda: _("Brand"), lambda one: one.brand),
    (lambda: _("Supplier"), lambda one: one.supplier),
    (lambda: _("Category"), lambda one: one.category.name),
    (lambda: _("Pack"), lambda one: one.pack),
    (lambda: _("From quantity"), lambda one: str(one.minimum_quantity)),
    (lambda: _("In steps of"), lambda one: str(one.step_quantity)),
    (lambda: _("Availability"), lambda one: _stock(one)),
    (lambda: _("Restricted"), lambda one: _("yes") if one.is_restricted else _("no")),
)


def _rows(products: Sequence[Product]) -> list[ComparedRow]:
    """What they have in common to say, then what is stated of any of them."""
    rows = [_row(label(), [read(one) for one in products]) for label, read in FACTS]
    names = sorted({name for product in products for name in product.attributes})
    rows += [
        _row(name, [str(product.attributes.get(name, "")) for product in products])
        for name in names
    ]
    return [row for row in rows if any(row.cells)]


def _row(label: str, cells: Sequence[str]) -> ComparedRow:
    return ComparedRow(label, tuple(cells), len(set(cells)) > 1)


def _stock(product: Product) -> str:
    days = product.lead_time_days
    if product.stock > 0:
        return ngettext("in stock, %(n)d day", "in stock, %(n)d days", days) % {"n": days}
    return _("not in stock")
