"""What can be chosen in the forms of budgets: owners, people, other budgets."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from placet.budgets.models import Budget
from placet.budgets.permissions import can_manage_budget
from placet.budgets.queries import list_budgets
from placet.catalog.models import Category
from placet.companies.models import Company, CostCenter
from placet.companies.permissions import BUDGET_MANAGE
from placet.companies.queries import list_members, list_units
from placet.core.actor import Actor

Choice = tuple[str, str]
Group = tuple[str, list[Choice]]


def list_people(actor: Actor) -> list[Choice]:
    """The active members by name."""
    return [(member.pk, member.user.name) for member in list_members(actor)]


def list_owner_choices(actor: Actor) -> list[Group]:
    """Whose budget it can be, of the parts of the company whose budgets the actor manages.

    A household has people only. Nobody finds themselves: that is somebody else's decision.
    """
    paths = actor.paths_of(BUDGET_MANAGE)
    people = [
        (f"member:{member.pk}", member.user.name)
        for member in list_members(actor)
        if member.pk != actor.member_id and _is_below(member.unit.path, paths)
    ]
    if actor.company_kind == Company.Kind.HOUSEHOLD:
        return [(_("People"), people), (_("Everybody"), [("company:", actor.company_name)])]
    units = [
        (f"unit:{unit.pk}", "\N{NO-BREAK SPACE}" * 2 * (unit.path.count("/") - 1) + unit.name)
        for unit in list_units(actor)
        if _is_below(unit.path, paths)
    ]
    centers = CostCenter.objects.filter(company_id=actor.company_id, closed_at=None)
    booked = [
        (f"cost_center:{center.pk}", f"{center.code} {center.name}")
        for center in centers.select_related("unit").order_by("code")
        if _is_below(center.unit.path if center.unit else "", paths)
    ]
    groups = [(_("Cost centres"), booked), (_("Units"), units), (_("Members"), people)]
    if "" in paths:
        groups.insert(0, (_("Company"), [("company:", actor.company_name)]))
        groups.append((_("Categories"), _categories()))
    return [group for group in groups if group[1]]


def read_owner(chosen: str) -> tuple[str, str]:
    """Kind and id of ``list_owner_choices``."""
    kind, _sign, ref = chosen.partition(":")
    return kind, ref


def list_target_choices(actor: Actor, budget: Budget, *, now: datetime) -> list[Choice]:
    """The running budgets of the same currency that the actor manages, but this one."""
    others = list_budgets(actor, now=now).filter(currency=budget.currency, ends_at__gt=now)
    return [
        (other.pk, other.name)
        for other in others.exclude(pk=budget.pk)
        if can_manage_budget(actor, other) is None
    ]


def _categories() -> list[Choice]:
    return [
        (
            f"category:{category.pk}",
            "\N{NO-BREAK SPACE}" * 2 * (category.path.count("/") - 1) + category.name,
        )
        for category in Category.objects.order_by("path")
    ]


def _is_below(path: str, ancestors: tuple[str, ...]) -> bool:
    return any(path.startswith(ancestor) for ancestor in ancestors)
