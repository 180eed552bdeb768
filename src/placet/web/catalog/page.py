"""One page of the catalog as a member sees it: offers, filters, categories."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.http import QueryDict

from placet.catalog.facets import read_facets
from placet.catalog.listing import MOST_COUNTED, PAGE, list_shelf, read_shelf
from placet.catalog.models import Category
from placet.catalog.queries import list_categories
from placet.companies.permissions import PRICE_VIEW
from placet.core.actor import Actor
from placet.web.catalog.forms import Asked, read_address
from placet.web.catalog.narrowing import (
    Branch,
    Choice,
    ChoiceGroup,
    list_branches,
    list_chosen,
    list_groups,
)
from placet.web.catalog.offers import Offer, list_offers


class CatalogPage(NamedTuple):
    """One page of products with the ways to narrow it; ``is_near`` says that slips were forgiven.

    ``products`` stops at a thousand, ``is_more_counted`` says that there are more. ``kept`` is what
    the address says beside words and order.
    """

    asked: Asked
    offers: list[Offer]
    branches: list[Branch]
    groups: list[ChoiceGroup]
    chosen: list[Choice]
    category: Category | None
    products: int
    is_more_counted: bool
    is_near: bool
    order: str
    next_after: str
    sees_prices: bool
    kept: list[tuple[str, str]]

    @property
    def is_narrowed(self) -> bool:
        """Whether words or filters leave something out."""
        return bool(self.asked.wanted.text) or self.asked.wanted.is_narrowed

    @property
    def is_first(self) -> bool:
        """Whether the list begins here."""
        return not self.asked.after


def read_catalog(actor: Actor, query: QueryDict, *, now: datetime) -> CatalogPage:
    """The products of one page in a fixed number of queries, and one a filter that is set."""
    asked = read_address(query)
    categories = list_categories()
    chosen = next((one for one in categories if one.path == asked.wanted.category), None)
    wanted = asked.wanted._replace(category=chosen.path if chosen else "")
    shelf = read_shelf(actor, wanted, categories, now=now)
    products = list_shelf(shelf, asked.after, PAGE + 1)
    facets = read_facets(shelf, wanted, categories)
    groups = list_groups(facets, query)
    has_more = len(products) > PAGE
    shown = products[:PAGE]
    return CatalogPage(
        asked=asked,
        offers=list_offers(actor, shown, now=now),
        branches=list_branches(categories, wanted.category, facets),
        groups=groups,
        chosen=list_chosen(groups),
        category=chosen,
        products=min(facets.total, MOST_COUNTED),
        is_more_counted=facets.is_more,
        is_near=shelf.search is not None and shelf.search.is_near and bool(shown),
        order=shelf.order,
        next_after=shown[-1].pk if has_more else "",
        sees_prices=actor.holds_anywhere(PRICE_VIEW),
        kept=[
            (name, str(value))
            for name, values in query.lists()
            for value in values
            if name not in ("q", "sort", "after")
        ],
    )
