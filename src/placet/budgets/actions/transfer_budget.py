"""Moving an amount from one budget to another: two postings of one moment, with a reason."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from placet.budgets.actions.alert_budget import alert_budget
from placet.budgets.ledger import (
    checked_amount,
    checked_reason,
    locked_budgets,
    post_transfer,
    require_open,
)
from placet.budgets.models import Budget, BudgetTransfer
from placet.budgets.permissions import can_manage_budget
from placet.companies.holding import hold_actor
from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput
from placet.core.transaction import transaction


class NotEnoughLeft(Conflict):
    """A budget can only give what is neither ordered nor waiting."""

    code = "not_enough_left"


@transaction
def transfer_budget(
    source_id: str,
    *,
    target_id: str,
    amount_minor: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> BudgetTransfer:
    """Give ``amount_minor`` of what is left in one budget to another of the same currency.

    Whoever does it manages both, so nobody moves money out of a part of the company that is not
    theirs, and nobody into the budget of their own purchases. Raises ``NotEnoughLeft``.
    """
    checked_amount(amount_minor, smallest=1)
    reason = checked_reason(reason)
    if source_id == target_id:
        raise InvalidInput("target", "same", _("Choose another budget."))
    hold_actor(actor)
    source, target = locked_budgets([source_id, target_id], actor.company_id)
    for budget in (source, target):
        refuse(can_manage_budget(actor, budget))
        require_open(budget)
        if budget.account != Budget.Account.BUDGET:
            raise InvalidInput("target", "unknown", _("Choose another budget."))
    if source.currency != target.currency:
        raise InvalidInput("target", "currency", _("Both budgets need the same currency."))
    if source.left_minor < amount_minor:
        raise NotEnoughLeft(
            _("%(budget)s has not that much left.") % {"budget": source.name},
            budget=source.pk,
            left_minor=source.left_minor,
        )
    checked_amount(max(target.amount_minor, 0) + amount_minor)
    transfer = post_transfer(
        source,
        target,
        amount_minor,
        kind=BudgetTransfer.Kind.TRANSFER,
        reason=reason,
        actor=actor,
        now=now,
    )
    alert_budget(source, actor=actor, now=now)
    return transfer
