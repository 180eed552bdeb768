"""Changing the amount of a budget's running period: a posting with its reason."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from placet.budgets.actions.alert_budget import alert_budget
from placet.budgets.ledger import (
    checked_amount,
    checked_reason,
    locked_budget,
    post_amount,
    require_open,
)
from placet.budgets.models import Budget, LedgerEntry
from placet.budgets.permissions import can_manage_budget
from placet.companies.holding import hold_actor
from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record
from placet.policy.money import LARGEST_AMOUNT_MINOR


@transaction
def adjust_budget(
    budget_id: str, *, change_minor: int, reason: str, actor: Actor, now: datetime
) -> Budget:
    """Raise or lower the amount of this period; those to come keep theirs (``change_budget``).

    Raises ``InvalidInput`` for no change, no reason or an amount below zero.
    """
    checked_amount(change_minor, smallest=-LARGEST_AMOUNT_MINOR)
    reason = checked_reason(reason)
    hold_actor(actor)
    budget = locked_budget(budget_id, actor.company_id)
    refuse(can_manage_budget(actor, budget))
    require_open(budget)
    if not change_minor:
        raise InvalidInput("amount", "no_change", _("This changes nothing."))
    if budget.amount_minor + change_minor < 0 and change_minor < 0:
        raise InvalidInput("amount", "negative", _("A budget cannot be below zero."))
    checked_amount(max(budget.amount_minor + change_minor, 0))
    post_amount(
        budget, change_minor, kind=LedgerEntry.Kind.ADJUST, reason=reason, actor=actor, now=now
    )
    record(
        "budget.adjusted",
        budget.id,
        actor=actor,
        now=now,
        budget=budget.id,
        amount_minor=change_minor,
        currency=budget.currency,
        private={"reason": reason},
    )
    alert_budget(budget, actor=actor, now=now)
    return budget
