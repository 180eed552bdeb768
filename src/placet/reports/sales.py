"""What the merchant sold: goods without tax, delivery and cancelled orders."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db.models import Count, F, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.companies.customer_scope import in_scope
from placet.companies.permissions import ORDER_PROCESS
from placet.plans.models import PurchasedLine
from placet.reports.groups import (
    BY_CATEGORY,
    BY_CUSTOMER,
    BY_REP,
    BY_TIME,
    names_of_categories,
    names_of_companies,
    names_of_members,
)
from placet.reports.measures import grouped, key_of, root_of, whole, within
from placet.reports.values import Ask, Column, Groups, Kind


def read_sales(ask: Ask) -> Groups:
    """Value, orders and customers of each group; one query."""
    rows = grouped(
        _lines(ask),
        ask,
        "created_at",
        customer=F("company_id"),
        category=root_of("category_path"),
        rep=F("company__reps__member_id"),
    )
    found = rows.values("by").annotate(
        value=Sum("total_minor"),
        orders=Count("order_id", distinct=True),
        customers=Count("company_id", distinct=True),
    )
    return {
        key_of(row["by"]): {
            "value": whole(row["value"]),
            "orders": row["orders"],
            "customers": row["customers"],
            "average": whole(row["value"]) // row["orders"] if row["orders"] else None,
        }
        for row in found.order_by()
    }


def _lines(ask: Ask) -> QuerySet[PurchasedLine]:
    return PurchasedLine.objects.filter(
        in_scope(ask.actor), currency=ask.currency, **within("created_at", ask.days)
    )


def name_sales(ask: Ask, keys: list[str]) -> Mapping[str, str]:
    """The words of a grouping's keys."""
    if ask.by == BY_CUSTOMER.key:
        return names_of_companies(keys)
    if ask.by == BY_CATEGORY.key:
        return names_of_categories(keys)
    return names_of_members(keys, _("In nobody’s charge"))


SALES: Final = Kind(
    "sales",
    "merchant",
    gettext_lazy("Sales"),
    gettext_lazy("Goods as they were ordered, without tax and delivery; cancelled ones are out."),
    (ORDER_PROCESS,),
    (BY_TIME, BY_CUSTOMER, BY_CATEGORY, BY_REP),
    (
        Column("value", gettext_lazy("Value"), "money", True),
        Column("orders", gettext_lazy("Orders"), "count", True),
        Column("customers", gettext_lazy("Customers"), "count", True),
        Column("average", gettext_lazy("Per order"), "money"),
    ),
    read_sales,
    name_sales,
    note=gettext_lazy("A customer in the charge of two people counts for both of them."),
)
