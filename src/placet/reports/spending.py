"""What a company spent: goods as they were ordered, by whom, where and for what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from django.db.models import Count, F, OuterRef, Subquery, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.catalog.models import Product
from placet.companies.permissions import PRICE_VIEW, PURCHASE_VIEW_ALL
from placet.plans.models import PurchasedLine
from placet.reports.groups import (
    BY_CATEGORY,
    BY_CENTER,
    BY_REQUESTER,
    BY_SUPPLIER,
    BY_TIME,
    BY_UNIT,
    names_of_categories,
    names_of_centers,
    names_of_members,
    names_of_units,
)
from placet.reports.measures import grouped, key_of, root_of, whole, within
from placet.reports.reach import within_units
from placet.reports.values import Ask, Column, Groups, Kind


def read_spending(ask: Ask) -> Groups:
    """Spend, orders and people of each group; one query."""
    lines = PurchasedLine.objects.filter(
        within_units(ask.actor, "unit_path"),
        currency=ask.currency,
        **within("created_at", ask.days),
    )
    rows = grouped(
        lines,
        ask,
        "created_at",
        unit=F("unit_path"),
        cost_center=F("cost_center_id"),
        category=root_of("category_path"),
        requester=F("member_id"),
        supplier=Subquery(Product.objects.filter(sku=OuterRef("sku")).values("supplier")[:1]),
    )
    found = rows.values("by").annotate(
        spend=Sum("total_minor"),
        orders=Count("order_id", distinct=True),
        people=Count("member_id", distinct=True),
    )
    return {
        key_of(row["by"]): {
            "spend": whole(row["spend"]),
            "orders": row["orders"],
            "people": row["people"],
            "average": whole(row["spend"]) // row["orders"] if row["orders"] else None,
        }
        for row in found.order_by()
    }


def name_spending(ask: Ask, keys: list[str]) -> Mapping[str, str]:
    """The words of a grouping's keys."""
    company = ask.actor.company_id
    named: dict[str, Callable[[], Mapping[str, str]]] = {
        BY_UNIT.key: lambda: names_of_units(company, keys),
        BY_CENTER.key: lambda: names_of_centers(company, keys),
        BY_CATEGORY.key: lambda: names_of_categories(keys),
        BY_REQUESTER.key: lambda: names_of_members(keys, ""),
        BY_SUPPLIER.key: lambda: {"": _("Not said"), **{key: key for key in keys if key}},
    }
    return named[ask.by]()


SPENDING: Final = Kind(
    "spend",
    "buyer",
    gettext_lazy("Spend"),
    gettext_lazy("Goods as they were ordered, without tax and delivery; cancelled ones are out."),
    (PURCHASE_VIEW_ALL, PRICE_VIEW),
    (BY_TIME, BY_UNIT, BY_CENTER, BY_CATEGORY, BY_SUPPLIER, BY_REQUESTER),
    (
        Column("spend", gettext_lazy("Spend"), "money", False),
        Column("orders", gettext_lazy("Orders"), "count"),
        Column("people", gettext_lazy("Requesters"), "count"),
        Column("average", gettext_lazy("Per order"), "money"),
    ),
    read_spending,
    name_spending,
)
