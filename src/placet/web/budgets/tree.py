"""The budgets in the tree of units: who owns which, and what a subtree holds together.

A purchase draws on several budgets at once, so adding all of them up would count money twice. The
sum of a unit is therefore over the cost centres in and below it: each euro is booked on one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from placet.budgets.models import Budget
from placet.catalog.models import Category
from placet.companies.models import CostCenter, Member, Unit
from placet.core.actor import Actor
from placet.web.budgets.forecast import Forecast, forecast_of, ordered_from
from placet.web.budgets.page import BudgetState, days_left, state_of_budget

Owner = Budget.OwnerKind


class BudgetRow(NamedTuple):
    """One budget in the tree; ``owner`` is its name in words."""

    budget: Budget
    state: BudgetState
    owner: str
    days: int
    forecast: Forecast | None


class Branch(NamedTuple):
    """A unit (none for the whole company) with its budgets; ``depth`` counts from the root.

    ``total`` is over the cost centres in and below it, where there are at least two.
    """

    unit: Unit | None
    depth: int
    rows: tuple[BudgetRow, ...]
    total: BudgetState | None
    cost_centers: int


class Places(NamedTuple):
    """Where owners hang in the tree, and what they are called."""

    units: Mapping[str, str]
    names: Mapping[str, str]


def build_tree(actor: Actor, budgets: Sequence[Budget], *, now: datetime) -> list[Branch]:
    """Branches from the company down, without the units that hold nothing: six queries."""
    units = list(Unit.objects.filter(company_id=actor.company_id).order_by("path"))
    places, ordered = _places(budgets), ordered_from(budgets)
    by_unit: dict[str, list[BudgetRow]] = defaultdict(list)
    for budget in budgets:
        unit_id = budget.owner_ref if budget.owner_kind == Owner.UNIT else ""
        by_unit[unit_id or places.units.get(budget.owner_ref, "")].append(
            _row(budget, places.names, ordered.get(budget.pk, 0), now)
        )
    branches = [Branch(None, 0, _sorted(by_unit.pop("", [])), None, 0)]
    for unit in units:
        inside = [one.pk for one in units if one.path.startswith(unit.path)]
        booked = [row for one in inside for row in by_unit.get(one, ()) if _is_booked(row)]
        rows = _sorted(by_unit.get(unit.pk, []))
        total = _together(booked) if len(booked) > 1 else None
        if rows or total:
            depth = unit.path.count("/")
            branches.append(Branch(unit, depth, rows, total, len(booked)))
    return [branch for branch in branches if branch.rows or branch.total]


def _row(budget: Budget, names: Mapping[str, str], ordered_minor: int, now: datetime) -> BudgetRow:
    return BudgetRow(
        budget,
        state_of_budget(budget),
        names.get(budget.owner_ref, ""),
        days_left(budget, now),
        forecast_of(budget, ordered_minor, now),
    )


def _is_booked(row: BudgetRow) -> bool:
    return row.budget.owner_kind == Owner.COST_CENTER


def _sorted(rows: Iterable[BudgetRow]) -> tuple[BudgetRow, ...]:
    """The fullest first."""
    return tuple(
        sorted(rows, key=lambda row: row.state.left_minor / max(row.state.amount_minor, 1))
    )


def _together(rows: Sequence[BudgetRow]) -> BudgetState | None:
    """The sum of budgets of one currency; of several there is none."""
    currencies = {row.state.currency for row in rows}
    if len(currencies) != 1:
        return None
    states = [row.state for row in rows]
    return BudgetState(
        "",
        "",
        currencies.pop(),
        sum(state.amount_minor for state in states),
        sum(state.committed_minor for state in states),
        sum(state.reserved_minor for state in states),
        0,
        sum(state.left_minor for state in states),
    )


def _places(budgets: Sequence[Budget]) -> Places:
    refs = defaultdict(set)
    for budget in budgets:
        refs[budget.owner_kind].add(budget.owner_ref)
    units: dict[str, str] = {}
    names: dict[str, str] = {}
    for center in CostCenter.objects.filter(pk__in=refs[Owner.COST_CENTER]):
        units[center.pk] = center.unit_id or ""
        names[center.pk] = f"{center.code} {center.name}"
    for member in Member.objects.filter(pk__in=refs[Owner.MEMBER]).select_related("user"):
        units[member.pk] = member.unit_id
        names[member.pk] = member.user.name
    for category in Category.objects.filter(pk__in=refs[Owner.CATEGORY]):
        names[category.pk] = category.name
    return Places(units, names)
