"""The groupings that several reports share, and the words of their keys: one query a grouping."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.catalog.models import Category
from placet.companies.models import Company, CostCenter, Member, Unit
from placet.reports.values import TIME, Grouping

BY_TIME: Final = Grouping(TIME, gettext_lazy("Time"), gettext_lazy("From"))
BY_CUSTOMER: Final = Grouping("customer", gettext_lazy("Customer"), gettext_lazy("Customer"))
BY_REP: Final = Grouping("rep", gettext_lazy("Sales rep"), gettext_lazy("Sales rep"))
BY_CATEGORY: Final = Grouping("category", gettext_lazy("Department"), gettext_lazy("Department"))
BY_UNIT: Final = Grouping("unit", gettext_lazy("Unit"), gettext_lazy("Unit"))
BY_CENTER: Final = Grouping("cost_center", gettext_lazy("Cost centre"), gettext_lazy("Cost centre"))
BY_SUPPLIER: Final = Grouping("supplier", gettext_lazy("Supplier"), gettext_lazy("Supplier"))
BY_REQUESTER: Final = Grouping("requester", gettext_lazy("Requester"), gettext_lazy("Requester"))


def names_of_companies(keys: Iterable[str]) -> Mapping[str, str]:
    """Companies by id."""
    return dict(Company.objects.filter(pk__in=keys).values_list("pk", "name"))


def names_of_members(keys: Iterable[str], nobody: str) -> Mapping[str, str]:
    """Members by id; ``nobody`` names the group without any."""
    found = Member.objects.filter(pk__in=keys).values_list("pk", "user__name")
    return {"": nobody, **dict(found)}


def names_of_categories(keys: Iterable[str]) -> Mapping[str, str]:
    """Departments by the first part of a path."""
    found = Category.objects.filter(path__in=keys).values_list("path", "name")
    return {"": _("No department"), **dict(found)}


def names_of_units(company_id: str, keys: Iterable[str]) -> Mapping[str, str]:
    """Units of a company by path."""
    found = Unit.objects.filter(company_id=company_id, path__in=keys)
    return dict(found.values_list("path", "name"))


def names_of_centers(company_id: str, keys: Iterable[str]) -> Mapping[str, str]:
    """Cost centres of a company by id: code and name."""
    found = CostCenter.objects.filter(company_id=company_id, pk__in=keys)
    told = {pk: f"{code} {name}" for pk, code, name in found.values_list("pk", "code", "name")}
    return {"": _("No cost centre"), **told}
