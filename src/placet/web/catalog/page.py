"""The catalog as a company sees it: only what it can buy, at its own prices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from placet.carts.models import Cart
from placet.carts.permissions import can_edit_cart
from placet.carts.quantities import nearest_quantity
from placet.carts.queries import list_carts
from placet.catalog.listing import PAGE
from placet.catalog.models import Category, Product
from placet.catalog.prices import PriceTiers, list_prices_for
from placet.catalog.queries import list_categories, list_products
from placet.companies.permissions import PRICE_VIEW
from placet.core.actor import Actor

MOST_CARTS = 50


class Offer(NamedTuple):
    """A product at the company's prices; ``price_minor`` is that of its smallest order."""

    product: Product
    price_minor: int | None
    list_minor: int | None
    tiers: PriceTiers | None

    @property
    def is_cheaper_by_quantity(self) -> bool:
        """Whether a larger order has a lower price."""
        return self.tiers is not None and len(self.tiers.tiers) > 1

    @property
    def smallest(self) -> int:
        """The smallest quantity that can be ordered."""
        return nearest_quantity(self.product, 1)


class Facet(NamedTuple):
    """A category to choose, with how deep it lies below the shown ones."""

    category: Category
    is_current: bool
    is_open: bool
    depth: int


class CatalogPage(NamedTuple):
    """One page of products with the categories around it."""

    offers: list[Offer]
    facets: list[Facet]
    category: Category | None
    text: str
    next_after: str
    is_first: bool


def read_catalog(
    actor: Actor, *, text: str, category: str, after: str, now: datetime
) -> CatalogPage:
    """The products of one page in a fixed number of queries."""
    categories = list_categories()
    chosen = next((one for one in categories if one.path == category), None)
    path = chosen.path if chosen else ""
    products = list_products(actor, text, path, after, PAGE + 1, now=now)
    has_more = len(products) > PAGE
    products = products[:PAGE]
    return CatalogPage(
        offers=list_offers(actor, products, now=now),
        facets=_facets(categories, path),
        category=chosen,
        text=text,
        next_after=products[-1].pk if has_more else "",
        is_first=not after,
    )


def list_offers(actor: Actor, products: Sequence[Product], *, now: datetime) -> list[Offer]:
    """The products at the company's prices; without ``price.view`` no prices are told."""
    prices: Mapping[str, PriceTiers] = {}
    if actor.holds_anywhere(PRICE_VIEW):
        ids = [product.pk for product in products]
        prices = list_prices_for(actor.company_id, actor.currency, ids, now)
    return [_offer(product, prices.get(product.pk)) for product in products]


def list_editable_carts(actor: Actor) -> list[Cart]:
    """The open carts into which the actor may put something, last changed first."""
    carts = list_carts(actor).select_related("owner__user").prefetch_related("grants")
    return [cart for cart in carts[:MOST_CARTS] if can_edit_cart(actor, cart) is None]


def _offer(product: Product, tiers: PriceTiers | None) -> Offer:
    smallest = nearest_quantity(product, 1)
    return Offer(
        product,
        tiers.at(smallest) if tiers else None,
        tiers.list_at(smallest) if tiers else None,
        tiers,
    )


def _facets(categories: Sequence[Category], path: str) -> list[Facet]:
    """The departments, and below the chosen one its way down and its children."""
    shown = []
    for category in categories:
        depth = category.path.count("/") - 1
        parent = category.path.rstrip("/").rpartition("/")[0]
        if depth == 0 or (path and path.startswith(f"{parent}/")):
            is_open = bool(path) and path.startswith(category.path)
            shown.append(Facet(category, category.path == path, is_open, min(depth, 2)))
    return shown
