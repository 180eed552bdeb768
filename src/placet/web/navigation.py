"""The navigation: one table of places, each with the permission that shows it and its count."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from placet.carts.queries import list_carts
from placet.companies.directory import list_applications
from placet.companies.models import CompanyApplication
from placet.core.actor import Actor
from placet.quotes.queries import list_quotes
from placet.quotes.releases import count_asked_releases
from placet.requisitions.queries import count_inbox, list_awaiting_customers

MOST_COUNTED = 1000
Count = Callable[[Actor], int]


@dataclass(frozen=True, slots=True)
class Place:
    """A page that navigation leads to; ``permission`` empty means every member."""

    name: str
    label: str | Promise
    icon: str
    permission: str = ""
    side: str = "buyer"
    count: Count | None = None
    is_hot: bool = False


@dataclass(frozen=True, slots=True)
class NavItem:
    """A place as one member sees it."""

    name: str
    label: str | Promise
    icon: str
    url: str
    is_current: bool
    count: int | None
    is_hot: bool


class NavGroup(NamedTuple):
    """Places under one heading."""

    heading: str | Promise
    items: list[NavItem]


def _count_carts(actor: Actor) -> int:
    return list_carts(actor).order_by()[:MOST_COUNTED].count()


def _count_my_turn(actor: Actor) -> int:
    waiting = list_quotes(actor).filter(status__in=("requested", "countered"))
    return waiting.order_by()[:MOST_COUNTED].count() + count_asked_releases(actor)


def _count_applications(actor: Actor) -> int:
    waiting = list_applications(actor).filter(status=CompanyApplication.Status.WAITING)
    return waiting.order_by()[:MOST_COUNTED].count()


def _count_awaiting(actor: Actor) -> int:
    return list_awaiting_customers(actor).order_by()[:MOST_COUNTED].count()


GROUPS: tuple[tuple[str | Promise, tuple[Place, ...]], ...] = (
    (
        "",
        (
            Place("home", _("Home"), "house"),
            Place("home", _("Today"), "sun", side="merchant"),
            Place("inbox", _("Inbox"), "inbox", side="both", count=count_inbox, is_hot=True),
            Place("catalog", _("Catalog"), "store"),
            Place("carts", _("Carts"), "shopping-cart", count=_count_carts),
            Place("lists", _("Lists"), "clipboard-list"),
            Place("quick_order", _("Quick order"), "zap", "order.submit"),
        ),
    ),
    (
        _("Purchases"),
        (
            Place("requisitions", _("Requisitions"), "file-text"),
            Place("orders", _("Orders"), "package", side="both"),
            Place("quotes", _("Quotes"), "handshake", "order.submit"),
            Place(
                "quotes",
                _("Quotes"),
                "handshake",
                "quote.manage",
                side="merchant",
                count=_count_my_turn,
            ),
            Place(
                "awaiting",
                _("Awaiting customers"),
                "hourglass",
                "order.process",
                side="merchant",
                count=_count_awaiting,
            ),
            Place("customers", _("Customers"), "building-2", "customer.view", side="merchant"),
            Place(
                "applications",
                _("Applications"),
                "user-plus",
                "company.manage",
                side="merchant",
                count=_count_applications,
                is_hot=True,
            ),
        ),
    ),
    (
        _("Catalog"),
        (
            Place(
                "kept_products",
                _("Products and prices"),
                "tag",
                "catalog.manage",
                side="merchant",
            ),
            Place(
                "imports",
                _("Import and export"),
                "arrow-down-up",
                "catalog.manage",
                side="merchant",
            ),
        ),
    ),
    (
        _("Money"),
        (
            Place("budgets", _("Budgets"), "gauge", "budget.view"),
            Place("reports", pgettext_lazy("sums", "Reports"), "chart-column", "purchase.view_all"),
            Place(
                "reports",
                pgettext_lazy("sums", "Reports"),
                "chart-column",
                "customer.view",
                side="merchant",
            ),
            Place(
                "exchange_rates",
                _("Exchange rates"),
                "arrow-left-right",
                "catalog.manage",
                side="merchant",
            ),
        ),
    ),
    (
        _("Company"),
        (
            Place("rules", _("Approval rules"), "list-checks", "rule.manage", side="both"),
            Place("simulator", _("Simulator"), "flask-conical", "rule.manage"),
            Place("members", _("Members"), "users", "member.manage", side="both"),
            Place("imports", _("Import and export"), "arrow-down-up", "member.manage"),
            Place("health", _("Approvals health"), "activity", "company.manage"),
            Place("audit", _("Audit"), "scroll-text", "audit.view", side="both"),
            Place("share_links", _("Links outside"), "link", "company.manage"),
            Place("addresses", _("Addresses"), "map-pin", "address.manage"),
            Place("cost_centers", _("Cost centres"), "landmark", "address.manage"),
            Place("company", _("Settings"), "settings", "company.manage", side="both"),
        ),
    ),
    (
        _("Connect"),
        (
            Place("keys", _("API keys"), "key-round", "key.manage", side="both"),
            Place("calls", _("Calls"), "terminal", "key.manage", side="both"),
            Place("webhooks", _("Webhooks"), "webhook", "webhook.manage", side="both"),
            Place("deliveries", _("Deliveries"), "send", "webhook.manage", side="both"),
        ),
    ),
)
NOT_FOR_FAMILIES = frozenset(
    {
        "simulator",
        "reports",
        "health",
        "imports",
        "share_links",
        "cost_centers",
        "keys",
        "calls",
        "webhooks",
        "deliveries",
        "quotes",
    }
)
"""A family finds fewer places; the pages are there all the same."""
FAMILY_LABELS: Mapping[str, str | Promise] = {
    "members": _("Family"),
    "lists": _("Shopping lists"),
}

TABS = ("home", "inbox", "catalog", "carts", "requisitions", "orders", "awaiting")
MOST_TABS = 5


def build_navigation(actor: Actor, path: str) -> list[NavGroup]:
    """The groups of places that the actor may open; a group without any is left out."""
    groups = []
    for heading, places in GROUPS:
        items = [_item(place, actor, path) for place in places if _is_shown(place, actor)]
        if items:
            groups.append(NavGroup(heading, items))
    return groups


def build_tabbar(groups: list[NavGroup]) -> list[NavItem]:
    """The five places that small screens show at the bottom."""
    shown = {item.name: item for group in groups for item in group.items}
    return [shown[name] for name in TABS if name in shown][:MOST_TABS]


def _is_shown(place: Place, actor: Actor) -> bool:
    side = "merchant" if actor.is_merchant else "buyer"
    allowed = not place.permission or actor.holds_anywhere(place.permission)
    is_too_much = actor.company_kind == "household" and place.name in NOT_FOR_FAMILIES
    return place.side in (side, "both") and allowed and not is_too_much


def _item(place: Place, actor: Actor, path: str) -> NavItem:
    url = reverse(place.name, args=[actor.company_slug])
    is_current = path == url or (place.name != "home" and path.startswith(url))
    count = place.count(actor) if place.count else None
    is_family = actor.company_kind == "household"
    label = FAMILY_LABELS.get(place.name, place.label) if is_family else place.label
    return NavItem(place.name, label, place.icon, url, is_current, count, place.is_hot)
