"""Who may manage a budget, and who a customer's credit."""

from __future__ import annotations

from django.utils.translation import gettext as _

from placet.budgets.models import Budget
from placet.budgets.sight import unit_path_of
from placet.companies.models import Member
from placet.companies.permissions import (
    BUDGET_MANAGE,
    CREDIT_MANAGE,
    CUSTOMER_VIEW,
    can_do,
    can_favour,
)
from placet.companies.refusals import Refusal
from placet.core.actor import Actor

Owner = Budget.OwnerKind


def can_manage_budgets(actor: Actor) -> Refusal | None:
    """Whether the actor manages budgets for any part of the company: for the buttons of the list.

    Which part they may decide on is asked of each budget.
    """
    if actor.holds_anywhere(BUDGET_MANAGE):
        return None
    return can_do(actor, BUDGET_MANAGE)


def can_manage_owner(actor: Actor, owner_kind: str, owner_ref: str) -> Refusal | None:
    """Whether the actor may give this owner a budget; nobody gives themselves one."""
    return can_manage_at(actor, owner_kind, owner_ref, unit_path_of(owner_kind, owner_ref))


def can_manage_at(actor: Actor, owner_kind: str, owner_ref: str, path: str) -> Refusal | None:
    """The same, where the owner's part of the company is known already."""
    if actor.is_system:
        return None
    missing = can_do(actor, BUDGET_MANAGE, path)
    if missing is not None:
        return missing
    if owner_kind == Owner.MEMBER and owner_ref in (actor.member_id, actor.maker_member_id):
        return Refusal(
            "own_budget",
            _("Nobody decides on the budget of their own purchases. Ask another admin."),
        )
    return None


def can_name_responsible(actor: Actor, member_id: str | None) -> Refusal | None:
    """Whether the actor may let this member answer for a budget, whom rules may ask to decide."""
    if not member_id or actor.is_system:
        return None
    return can_favour(actor, Member.objects.filter(pk=member_id).first())


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
