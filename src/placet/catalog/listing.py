"""The list of what is for sale: narrowed, ordered, page by page, with the ways to narrow further.

A fixed number of queries whatever the size of the catalog; counts stop at ``MOST_COUNTED``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.db import connection
from django.db.models import (
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
)
from django.db.models.functions import Collate
from django.utils.translation import gettext as _

from placet.catalog.assortments import allowed_products
from placet.catalog.matching import Search, read_search
from placet.catalog.models import Category, Price, Product
from placet.catalog.price_order import with_a_price
from placet.catalog.prices import price_lists_of
from placet.catalog.wanted import Narrowing, Wanted, narrowings
from placet.companies.permissions import PRICE_VIEW
from placet.core.actor import Actor
from placet.core.errors import NotFound

PAGE: Final = 24
MOST_COUNTED: Final = 1000
RELEVANCE, NAME = "relevance", "name"
ORDERS: Final = (RELEVANCE, NAME, "price", "-price")


class Shelf(NamedTuple):
    """What an actor may see of the catalog, as they asked for it; read once, then asked often."""

    rows: QuerySet[Product]
    search: Search | None
    filters: Mapping[str, Narrowing]
    order: str
    price_lists: tuple[str, ...]

    def narrowed(self, *, without: str = "") -> QuerySet[Product]:
        """The products that fit every filter, or every one but this."""
        rows = self.rows
        if self.search is not None:
            rows = rows.filter(self.search.condition())
        for name, narrow in self.filters.items():
            rows = rows if name == without else narrow(rows)
        return rows


def read_shelf(
    actor: Actor, wanted: Wanted, categories: Sequence[Category] | None = None, *, now: datetime
) -> Shelf:
    """Understand what is wanted; ``categories`` is the whole tree, where it is at hand already."""
    lists = tuple(one for one in price_lists_of(actor.company_id, actor.currency, now) if one)
    rows = for_sale(actor, lists).filter(status=Product.Status.ACTIVE)
    if categories is None and wanted.category:
        categories = list(Category.objects.filter(path__startswith=wanted.category))
    search = read_search(rows, actor.company_id, wanted.text, may_be_near=not wanted.is_exact)
    return Shelf(
        rows,
        search,
        narrowings(wanted, list(categories or ())),
        _order_of(actor, wanted, search),
        lists,
    )


def list_shelf(shelf: Shelf, after: str = "", limit: int = PAGE) -> list[Product]:
    """The products from behind the one with the id ``after``; ask for one more than is shown.

    Raises ``NotFound`` where there is no such product.
    """
    order, columns = _columns(shelf)
    rows = shelf.narrowed().select_related("category")
    if shelf.order.endswith("price"):
        rows = with_a_price(rows, shelf.price_lists)
    rows = rows.annotate(**columns)
    if after:
        last = _last(shelf, columns, after)
        if last is None:
            raise NotFound(_("This list has changed; start at its beginning."))
        rows = rows.filter(_behind(last, order))
    return list(rows.order_by(*order)[:limit])


def _last(shelf: Shelf, columns: dict[str, Any], after: str) -> Product | None:
    """The product that the page before ended with, with what it is sorted by."""
    rows = Product.objects.all()
    if shelf.order.endswith("price"):
        rows = with_a_price(rows, shelf.price_lists)
    return rows.annotate(**columns).filter(pk=after).first()


def list_products(
    actor: Actor,
    wanted: Wanted | str = "",
    category: str = "",
    after: str = "",
    limit: int = PAGE,
    *,
    now: datetime,
) -> list[Product]:
    """Products on sale for the actor, best or by name first; the words alone will do."""
    asked = Wanted(wanted, category) if isinstance(wanted, str) else wanted
    return list_shelf(read_shelf(actor, asked, now=now), after, limit)


def for_sale(actor: Actor, price_lists: Collection[str]) -> QuerySet[Product]:
    """What has a price on one of these lists and is not held back from the actor."""
    priced = Price.objects.filter(price_list_id__in=price_lists, product=OuterRef("pk"))
    allowed = allowed_products(actor.company_id, actor.member_id)
    return Product.objects.filter(Exists(priced)).filter(allowed.condition())


def by_name() -> Collate:
    """Names in the order of their code points, so that both databases sort alike."""
    return Collate("name", "C" if connection.vendor == "postgresql" else "BINARY")


def _order_of(actor: Actor, wanted: Wanted, search: Search | None) -> str:
    order = wanted.order if wanted.order in ORDERS else ""
    if order.endswith("price") and not actor.holds_anywhere(PRICE_VIEW):
        order = ""
    if order in ("", RELEVANCE):
        return RELEVANCE if search is not None else NAME
    return order


def _columns(shelf: Shelf) -> tuple[list[str], dict[str, Any]]:
    """What to sort by, and the columns that it needs beside those of the product."""
    columns: dict[str, Any] = {"sort_name": by_name()}
    if shelf.order == RELEVANCE and shelf.search is not None:
        return ["rank", "sort_name", "pk"], {**columns, "rank": shelf.search.rank()}
    if shelf.order.endswith("price"):
        columns["sort_price"] = F("prices__piece")
        return [shelf.order.replace("price", "sort_price"), "sort_name", "pk"], columns
    return ["sort_name", "pk"], columns


def _behind(last: Product, order: Sequence[str]) -> Q:
    """Everything that comes after a product in this order."""
    found, alike = Q(pk__in=()), Q()
    for name in order:
        column = name.lstrip("-")
        value = getattr(last, column)
        if value is None:
            raise NotFound(_("This list has changed; start at its beginning."))
        found |= alike & Q((f"{column}__{'lt' if name.startswith('-') else 'gt'}", value))
        alike &= Q((column, value))
    return found
