"""The cost centres that a member manages, with the budgets that watch over them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from placet.budgets.models import Budget
from placet.budgets.queries import list_budgets
from placet.companies.models import CostCenter
from placet.companies.permissions import ADDRESS_MANAGE, can_do
from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.web.addresses.choices import within_sight


class CostCenterRow(NamedTuple):
    """A cost centre in the list; ``budgets`` are those that the reader may see."""

    center: CostCenter
    budgets: list[Budget]
    may_change: bool


def managed_cost_centers(actor: Actor) -> QuerySet[CostCenter]:
    """Those of the parts that the actor manages and of everything above, closed ones too."""
    found = CostCenter.objects.filter(within_sight(actor), company_id=actor.company_id)
    return found.select_related("unit", "owner__user").order_by("code", "id")


def find_cost_center(actor: Actor, cost_center_id: str) -> CostCenter:
    """One of them; raises ``NotFound``."""
    found = managed_cost_centers(actor).filter(pk=cost_center_id).first()
    if found is None:
        raise NotFound(_("There is no such cost centre in your company."))
    return found


def rows_of(actor: Actor, text: str, *, is_closed: bool, now: datetime) -> list[CostCenterRow]:
    """The open or the closed ones whose code, name or owner has the text."""
    found = managed_cost_centers(actor).filter(closed_at__isnull=not is_closed)
    if text:
        found = found.filter(
            Q(code__icontains=text) | Q(name__icontains=text) | Q(owner__user__name__icontains=text)
        )
    budgets = _budgets(actor, now)
    return [
        CostCenterRow(center, budgets.get(center.pk, []), _may_change(actor, center))
        for center in found
    ]


def _budgets(actor: Actor, now: datetime) -> Mapping[str, list[Budget]]:
    """The running budgets by the id of their cost centre, in one query."""
    found: dict[str, list[Budget]] = {}
    owned = list_budgets(actor, now=now).filter(owner_kind=Budget.OwnerKind.COST_CENTER)
    for budget in owned:
        found.setdefault(budget.owner_ref, []).append(budget)
    return found


def _may_change(actor: Actor, center: CostCenter) -> bool:
    path = center.unit.path if center.unit else ""
    return center.closed_at is None and can_do(actor, ADDRESS_MANAGE, path) is None
