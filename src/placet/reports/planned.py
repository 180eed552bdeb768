"""Budgets against what was taken from them: those whose period touches the days of the report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.db.models import F, QuerySet, Sum
from django.utils.translation import gettext_lazy

from placet.budgets.models import Budget
from placet.budgets.queries import list_seen_budgets
from placet.companies.permissions import BUDGET_VIEW
from placet.reports.measures import grouped, key_of, part, whole
from placet.reports.values import Ask, Column, Grouping, Groups, Kind

BY_BUDGET: Final = Grouping("budget", gettext_lazy("Budget"), gettext_lazy("Budget"))


def read_planned(ask: Ask) -> Groups:
    """Amount, ordered, waiting and left of each budget as a whole; one query."""
    rows = grouped(_budgets(ask), ask, "starts_at", budget=F("pk"))
    found = rows.values("by").annotate(
        amount=Sum("amount_minor"), ordered=Sum("committed_minor"), waiting=Sum("reserved_minor")
    )
    return {key_of(row.pop("by")): _told(row) for row in found.order_by()}


def _budgets(ask: Ask) -> QuerySet[Budget]:
    seen = list_seen_budgets(ask.actor).order_by().select_related(None)
    return seen.filter(
        currency=ask.currency,
        starts_at__lt=ask.days.ends_at,
        ends_at__gt=ask.days.starts_at,
        closed_at=None,
    )


def _told(row: Mapping[str, Any]) -> dict[str, Any]:
    amount, ordered, waiting = (whole(row[name]) for name in ("amount", "ordered", "waiting"))
    return {
        "amount": amount,
        "ordered": ordered,
        "waiting": waiting,
        "left": amount - ordered - waiting,
        "used": part(ordered + waiting, amount),
    }


def name_planned(ask: Ask, keys: list[str]) -> Mapping[str, str]:
    """Budgets by name, with their first day: a series has one of each period."""
    found = Budget.objects.filter(company_id=ask.actor.company_id, pk__in=keys)
    return {
        pk: f"{name}, {starts_at.astimezone(ask.days.zone):%Y-%m-%d}"
        for pk, name, starts_at in found.values_list("pk", "name", "starts_at")
    }


PLANNED: Final = Kind(
    "budgets",
    "buyer",
    gettext_lazy("Budgets against plan"),
    gettext_lazy("Budgets whose period touches these days, with all of their period."),
    (BUDGET_VIEW,),
    (BY_BUDGET,),
    (
        Column("amount", gettext_lazy("Planned"), "money"),
        Column("ordered", gettext_lazy("Ordered"), "money"),
        Column("waiting", gettext_lazy("Waiting"), "money"),
        Column("left", gettext_lazy("Left"), "money"),
        Column("used", gettext_lazy("Used"), "share"),
    ),
    read_planned,
    name_planned,
    has_before=False,
    note=gettext_lazy("Budgets may overlap: one purchase can draw on several of them."),
)
