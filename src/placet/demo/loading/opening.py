"""What budgets had committed outside Placet, so that the world shows its stated figures.

The history explains a part of what is committed, the rest was ordered by telephone before. The
opening leaves room for every purchase of the history that falls into the period; those that came to
nothing are made up for at the end.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from placet.budgets.models import Budget
from placet.demo.loading.budgets import period_of, post_opening
from placet.demo.loading.registry import Registry
from placet.demo.world import shapes
from placet.demo.world.budgets import BUDGETS
from placet.demo.world.catalog.assortment import PRODUCT_BY_SKU
from placet.demo.world.history.play import Purchase, purchases
from placet.demo.world.members.everybody import MEMBERS
from placet.demo.world.prices import price_at
from placet.demo.world.requisitions.everything import ENDED
from placet.demo.world.units import UNITS

BEFORE = "Ordered before Placet"
OUTSIDE = "Ordered outside Placet"
_MEMBER = {member.key: member for member in MEMBERS}
_PARENT = {unit.key: unit.parent for unit in UNITS}


def open_budgets(registry: Registry) -> None:
    """Post the opening of every budget."""
    bought = purchases(registry.today, registry.seed, registry.scale)
    for budget in BUDGETS:
        rest = opening_minor(budget, registry.today, bought)
        post_opening(registry, budget.key, rest, reason=BEFORE, now=registry.setup)


def complete_budgets(registry: Registry) -> None:
    """Make up for what was rejected or withdrawn: every budget shows what it states."""
    for budget in BUDGETS:
        committed = Budget.objects.get(pk=registry.budgets[budget.key].pk).committed_minor
        rest = budget.committed_minor - committed
        post_opening(registry, budget.key, rest, reason=OUTSIDE, now=registry.now)


def opening_minor(budget: shapes.Budget, today: date, bought: Iterable[Purchase]) -> int:
    """The stated figure less everything that the history and the ended cases may order from it."""
    starts_on, ends_on = period_of(budget.period, today)
    taken = 0
    for purchase in bought:
        if starts_on <= purchase.submitted_on < ends_on:
            lines = [(line.sku, line.quantity * line.unit_price_minor) for line in purchase.lines]
            taken += _drawn_minor(budget, purchase.member, purchase.cost_center, lines)
    for case in ENDED:
        submitted_on = today - timedelta(hours=case.acts[0].hours_ago)
        if case.state == "ordered" and starts_on <= submitted_on < ends_on:
            lines = [
                (line.sku, line.quantity * price_at("mhg-2025", line.sku, line.quantity))
                for line in case.lines
            ]
            taken += _drawn_minor(budget, case.requester, case.cost_center, lines)
    return budget.committed_minor - taken


def _drawn_minor(
    budget: shapes.Budget, member: str, cost_center: str, lines: Iterable[tuple[str, int]]
) -> int:
    """The net value that a purchase takes from a budget."""
    if _MEMBER[member].company != budget.company:
        return 0
    if budget.owner_kind == "category":
        return sum(minor for sku, minor in lines if _is_below(sku, budget.owner))
    owners = {
        "cost_center": {cost_center},
        "member": {member},
        "unit": _units_above(_MEMBER[member].unit),
        "company": {budget.owner},
    }
    return sum(minor for _, minor in lines) if budget.owner in owners[budget.owner_kind] else 0


def _is_below(sku: str, category: str) -> bool:
    return f"{PRODUCT_BY_SKU[sku].category}/".startswith(f"{category}/")


def _units_above(unit: str | None) -> set[str]:
    found = set()
    while unit:
        found.add(unit)
        unit = _PARENT[unit]
    return found
