"""Names for the ids in events: one query for each kind of thing that a page mentions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.db.models import F, Model, Value
from django.db.models.functions import Coalesce, Concat

from placet.budgets.models import Budget
from placet.carts.models import Cart, LinkGuest, PurchaseList, Schedule, ShareLink
from placet.catalog.models import (
    Assortment,
    Category,
    PriceList,
    Product,
    Promotion,
    TaxClass,
)
from placet.companies.models import Address, ApiKey, Company, CostCenter, Member, Role, Unit, User
from placet.orders.models import Order
from placet.quotes.models import Quote
from placet.requisitions.models import Requisition
from placet.rulebooks.models import Rulebook
from placet.webhooks.models import Endpoint

NAMED: Final[Mapping[str, tuple[type[Model], Any]]] = {
    "req": (Requisition, F("number")),
    "ord": (Order, F("number")),
    "qte": (Quote, F("number")),
    "bud": (Budget, F("name")),
    "cart": (Cart, F("name")),
    "lst": (PurchaseList, F("name")),
    "shl": (ShareLink, Coalesce("cart__name", "purchase_list__name")),
    "gst": (LinkGuest, F("name")),
    "sch": (Schedule, F("purchase_list__name")),
    "mem": (Member, F("user__name")),
    "usr": (User, F("name")),
    "unt": (Unit, F("name")),
    "rol": (Role, F("name")),
    "rbk": (Rulebook, F("name")),
    "key": (ApiKey, F("name")),
    "adr": (Address, F("name")),
    "ccr": (CostCenter, Concat("code", Value(" "), "name")),
    "cmp": (Company, F("name")),
    "whk": (Endpoint, F("url")),
    "prl": (PriceList, F("name")),
    "ast": (Assortment, F("name")),
    "prm": (Promotion, F("name")),
    "txc": (TaxClass, F("name")),
    "prd": (Product, F("sku")),
    "cat": (Category, F("name")),
}


def load_names(ids: Iterable[str]) -> dict[str, str]:
    """The names of these ids, by id; what has none keeps none."""
    by_prefix: dict[str, set[str]] = {}
    for found in ids:
        prefix, _, rest = found.partition("_")
        if rest and prefix in NAMED:
            by_prefix.setdefault(prefix, set()).add(found)
    names: dict[str, str] = {}
    for prefix, wanted in by_prefix.items():
        model, expression = NAMED[prefix]
        rows = model._default_manager.filter(pk__in=wanted).annotate(said=expression)
        names |= dict(rows.values_list("pk", "said"))
    return names
