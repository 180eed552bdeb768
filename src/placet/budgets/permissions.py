"""Who may manage a budget, and who a customer's credit."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from placet.budgets.models import Budget
from placet.budgets.sight import unit_path_of, unit_paths_of
from placet.companies.permissions import BUDGET_MANAGE, CREDIT_MANAGE, CUSTOMER_VIEW, can_do
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
    return _can_manage_at(actor, owner_kind, owner_ref, unit_path_of(owner_kind, owner_ref))


def _can_manage_at(actor: Actor, owner_kind: str, owner_ref: str, path: str) -> Refusal | None:
    if actor.is_system:
        return None
    missing = can_do(actor, BUDGET_MANAGE, path)
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


def why_closed(budget: Budget) -> Refusal | None:
    """That nothing is changed any more in a budget that was closed."""
    if budget.closed_at is None:
        return None
    return Refusal("budget_closed", _("“%(budget)s” is closed.") % {"budget": budget.name})


def why_over(budget: Budget) -> Refusal | None:
    """That a series is changed where its newest period is."""
    if budget.is_latest:
        return None
    return Refusal("period_over", _("This period is over: change the running one."))


def explain_budgets(actor: Actor, budgets: Sequence[Budget]) -> list[dict[str, Refusal | None]]:
    """For each budget what may be done with it, and why not; three queries for all of them."""
    paths = unit_paths_of((budget.owner_kind, budget.owner_ref) for budget in budgets)
    told = []
    for budget in budgets:
        owner = (budget.owner_kind, budget.owner_ref)
        closed = _can_manage_at(actor, *owner, paths[owner]) or why_closed(budget)
        told.append(
            {
                "change": closed or why_over(budget),
                "adjust": closed,
                "transfer": closed,
                "close": closed,
            }
        )
    return told


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
