"""Whose budgets somebody sees, and to which part of the company a budget belongs.

A budget belongs to the part of its unit, cost centre or member; budgets of the company and of
categories belong to all of it. Units are found by their ids, so that a budget moves with its unit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from placet.budgets.models import Budget
from placet.companies.models import CostCenter, Member, Unit
from placet.companies.permissions import (
    AUDIT_VIEW,
    BUDGET_MANAGE,
    BUDGET_VIEW,
    PURCHASE_VIEW_ALL,
)
from placet.core.actor import Actor

Owner = Budget.OwnerKind


def unit_path_of(owner_kind: str, owner_ref: str) -> str:
    """The part of the company that an owner belongs to; empty for all of it."""
    paths: QuerySet[Any, str]
    if owner_kind == Owner.UNIT:
        paths = Unit.objects.filter(pk=owner_ref).values_list("path", flat=True)
    elif owner_kind == Owner.MEMBER:
        paths = Member.objects.filter(pk=owner_ref).values_list("unit__path", flat=True)
    elif owner_kind == Owner.COST_CENTER:
        paths = CostCenter.objects.filter(pk=owner_ref).values_list("unit__path", flat=True)
    else:
        return ""
    return paths.first() or ""


def unit_paths_of(owners: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The parts of many owners, each given by its kind and its id: at most three queries."""
    refs: dict[str, set[str]] = defaultdict(set)
    for kind, ref in owners:
        refs[kind].add(ref)
    rows: dict[str, QuerySet[Any, Any]] = {
        Owner.UNIT: Unit.objects.values_list("pk", "path"),
        Owner.MEMBER: Member.objects.values_list("pk", "unit__path"),
        Owner.COST_CENTER: CostCenter.objects.values_list("pk", "unit__path"),
    }
    paths = {(kind, ref): "" for kind in refs for ref in refs[kind]}
    for kind, found in rows.items():
        if refs[kind]:
            paths |= {(kind, ref): path or "" for ref, path in found.filter(pk__in=refs[kind])}
    return paths


def within_sight(actor: Actor) -> Q:
    """The budgets that the actor sees.

    Who manages budgets, or sees the audit trail or all purchases beside budgets, sees those of
    that part of the company. With *see budgets* alone one sees what one's own purchases may draw
    on: the company's and the categories', those of one's units upwards, of the cost centres there
    and of one's own. Whoever answers for a budget sees it.
    """
    if actor.is_system:
        return Q()
    wide = _wide_paths(actor)
    if "" in wide:
        return Q()
    seen = Q(responsible_id=actor.member_id) if actor.member_id else Q(pk=None)
    for path in wide:
        seen |= _owned_below(path)
    if actor.holds_anywhere(BUDGET_VIEW):
        seen |= _applying_to(actor)
    return seen


def _wide_paths(actor: Actor) -> set[str]:
    paths = set(actor.paths_of(BUDGET_MANAGE))
    if not actor.member_id:
        return paths | set(actor.paths_of(BUDGET_VIEW))
    for permission in (AUDIT_VIEW, PURCHASE_VIEW_ALL):
        for path in actor.paths_of(permission):
            if actor.holds(BUDGET_VIEW, unit_path=path):
                paths.add(path)
    return paths


def _owned_below(path: str) -> Q:
    units = Unit.objects.filter(path__startswith=path)
    return (
        Q(owner_kind=Owner.UNIT, owner_ref__in=_ids(units))
        | Q(
            owner_kind=Owner.COST_CENTER,
            owner_ref__in=_ids(CostCenter.objects.filter(unit__path__startswith=path)),
        )
        | Q(
            owner_kind=Owner.MEMBER,
            owner_ref__in=_ids(Member.objects.filter(unit__path__startswith=path)),
        )
    )


def _applying_to(actor: Actor) -> Q:
    units = unit_ids_of(actor.unit_path)
    centers = CostCenter.objects.filter(
        Q(unit__isnull=True) | Q(unit_id__in=units), company_id=actor.company_id
    )
    return (
        Q(owner_kind__in=(Owner.COMPANY, Owner.CATEGORY))
        | Q(owner_kind=Owner.UNIT, owner_ref__in=units)
        | Q(owner_kind=Owner.MEMBER, owner_ref=actor.member_id)
        | Q(owner_kind=Owner.COST_CENTER, owner_ref__in=_ids(centers))
    )


def unit_ids_of(path: str) -> list[str]:
    """The ids of the units from the root down to this path."""
    return [part for part in path.split("/") if part]


def _ids(rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    return rows.values("pk")
