"""Who may manage a budget or a credit, and whose budgets somebody sees.

A budget belongs to a part of the company: that of its unit, cost centre or member; budgets of the
company and of categories belong to all of it. Units are found by their ids, so that a budget moves
with its unit.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from placet.budgets.models import Budget
from placet.companies.models import CostCenter, Member, Unit
from placet.companies.permissions import (
    AUDIT_VIEW,
    BUDGET_MANAGE,
    BUDGET_VIEW,
    CREDIT_MANAGE,
    CUSTOMER_VIEW,
    PURCHASE_VIEW_ALL,
    can_do,
)
from placet.companies.refusals import Refusal
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


def can_manage_budgets(actor: Actor) -> Refusal | None:
    """Whether the actor manages budgets for any part of the company: for the buttons of the list.

    Which part they may decide on is asked of each budget.
    """
    if actor.holds_anywhere(BUDGET_MANAGE):
        return None
    return can_do(actor, BUDGET_MANAGE)


def can_manage_owner(actor: Actor, owner_kind: str, owner_ref: str) -> Refusal | None:
    """Whether the actor may give this owner a budget; nobody gives themselves one."""
    if actor.is_system:
        return None
    missing = can_do(actor, BUDGET_MANAGE, unit_path_of(owner_kind, owner_ref))
    if missing is not None:
        return missing
    if owner_kind == Owner.MEMBER and owner_ref == actor.member_id:
        return Refusal(
            "own_budget",
            _("Nobody decides on the budget of their own purchases. Ask another admin."),
        )
    return None


def can_manage_budget(actor: Actor, budget: Budget) -> Refusal | None:
    """Whether the actor may change, adjust, transfer or close this budget."""
    if budget.account == Budget.Account.CREDIT:
        return can_manage_credit(actor)
    return can_manage_owner(actor, budget.owner_kind, budget.owner_ref)


def can_manage_credit(actor: Actor) -> Refusal | None:
    """Whether the actor says how much credit a customer has: the merchant's people only."""
    if not actor.is_merchant:
        return Refusal("merchant_only", _("Only the supplier keeps this."))
    return can_do(actor, CREDIT_MANAGE)


def can_see_credit(actor: Actor) -> Refusal | None:
    """Whether the actor sees a customer's credit: never the customer's own people."""
    if not actor.is_merchant:
        return Refusal("merchant_only", _("Only the supplier keeps this."))
    return can_do(actor, CUSTOMER_VIEW)


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
