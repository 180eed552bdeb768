"""Which facts a rulebook needs, so that only those are loaded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from placet.policy.conditions import Comparison, Condition, Sum, Wanted, walk
from placet.policy.effects import ManagementChain, Notify, Require, Shape, Tiers
from placet.policy.fields import FIELDS, WINDOW_MEASURES
from placet.policy.money import Money
from placet.policy.selectors import (
    Manager,
    Members,
    MerchantRole,
    Owner,
    Permission,
    Role,
    Selector,
)

if TYPE_CHECKING:
    from placet.policy.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Reads:
    """What to load. Heads along the unit's path and the admins are always needed: fallbacks.

    `windows` are (measure, days) as in `facts.History`; `manager_levels` is how many managers
    above the requester (20, the most there can be, where a chain climbs); `authority` says that
    the authority of whoever is loaded is compared.
    """

    fields: frozenset[str]
    facts: frozenset[str]
    windows: frozenset[tuple[str, int]]
    periods: frozenset[str]
    members: frozenset[str]
    roles: frozenset[str]
    permissions: frozenset[str]
    merchant_roles: frozenset[str]
    manager_levels: int
    budget_owners: bool
    cost_centre_owners: bool
    category_owners: bool
    authority: bool
    currencies: frozenset[str]


def reads_of(rulebook: Rulebook) -> Reads:
    """What one rulebook reads, from its conditions and from whom it asks."""
    conditions = [part for rule in rulebook.rules for part in walk(rule.when)]
    comparisons = [part for part in conditions if isinstance(part, Comparison)]
    shapes = list(_shapes(rulebook))
    selectors = [selector for shape in shapes for selector in _selectors(shape)]
    selectors += [
        selector
        for rule in rulebook.rules
        if isinstance(rule.then, Notify)
        for selector in rule.then.watchers
    ]
    fields = frozenset(comparison.field for comparison in comparisons)
    climbs = any(isinstance(shape, ManagementChain) and not shape.through for shape in shapes)
    managers = [selector.levels_up for selector in selectors if isinstance(selector, Manager)]
    owned = {selector.of for selector in selectors if isinstance(selector, Owner)}
    return Reads(
        fields=fields,
        facts=frozenset(FIELDS[key].reads for key in fields),
        windows=_windows(comparisons),
        periods=frozenset(
            str(c.parameter) for c in comparisons if FIELDS[c.field].parameter == "period"
        ),
        members=frozenset(m for s in selectors if isinstance(s, Members) for m in s.members),
        roles=frozenset(s.role for s in selectors if isinstance(s, Role)),
        permissions=frozenset(s.permission for s in selectors if isinstance(s, Permission)),
        merchant_roles=frozenset(s.role for s in selectors if isinstance(s, MerchantRole)),
        manager_levels=20 if climbs else max(managers, default=0),
        budget_owners="budget" in owned,
        cost_centre_owners="cost_centre" in owned,
        category_owners="category" in owned,
        authority=any(isinstance(shape, ManagementChain) for shape in shapes),
        currencies=frozenset(_currencies(conditions, shapes)),
    )


def _windows(comparisons: list[Comparison]) -> frozenset[tuple[str, int]]:
    return frozenset(
        (WINDOW_MEASURES[comparison.field], comparison.parameter)
        for comparison in comparisons
        if FIELDS[comparison.field].parameter == "days" and isinstance(comparison.parameter, int)
    )


def _shapes(rulebook: Rulebook) -> Iterator[Shape]:
    for rule in rulebook.rules:
        if isinstance(rule.then, Require):
            yield rule.then.shape
    if isinstance(rulebook.default, Require):
        yield rulebook.default.shape
    for shape in (
        rulebook.limit_approvers,
        rulebook.budget_approvers,
        rulebook.credit_approvers,
    ):
        if shape is not None:
            yield shape


def _selectors(shape: Shape) -> Iterator[Selector]:
    if isinstance(shape, ManagementChain):
        yield from shape.through
        return
    steps = tuple(tier.step for tier in shape.tiers) if isinstance(shape, Tiers) else shape
    for step in steps:
        yield from step.approvers
        yield from step.otherwise


def _currencies(conditions: list[Condition], shapes: list[Shape]) -> Iterator[str]:
    for condition in conditions:
        if isinstance(condition, (Comparison, Sum)):
            yield from _currencies_in(condition.value)
    for shape in shapes:
        if isinstance(shape, Tiers):
            yield from (tier.starts_at.currency for tier in shape.tiers)


def _currencies_in(value: Wanted) -> Iterator[str]:
    if isinstance(value, Money):
        yield value.currency
    elif isinstance(value, tuple):
        yield from (bound.currency for bound in value if isinstance(bound, Money))
