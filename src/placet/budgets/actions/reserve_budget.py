"""Holding an amount in every budget that a purchase draws on: all of them, or none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import F, Q
from django.utils.translation import gettext as _

from placet.budgets.actions.alert_budget import alert_budget
from placet.budgets.models import Budget, LedgerEntry, Reservation
from placet.core.actor import Actor
from placet.core.errors import Conflict
from placet.core.transaction import transaction
from placet.events.record import record


class Draw(NamedTuple):
    """What a purchase takes from one budget, in minor units of the budget's currency.

    The rate is how many minor units of the budget's currency one minor unit of the purchase is; it
    is stored, and exactly what was reserved is released.
    """

    budget_id: str
    amount_minor: int
    rate_numerator: int = 1
    rate_denominator: int = 1


class BudgetExceeded(Conflict):
    """A budget in mode *block* has less left than the purchase needs."""

    code = "budget_exceeded"


class CreditExceeded(Conflict):
    """The merchant's credit does not cover it; the buying side is not told by how much."""

    code = "supplier_declines"


@transaction
def reserve_budgets(
    requisition_id: str,
    *,
    revision_id: str,
    draws: Sequence[Draw],
    actor: Actor,
    now: datetime,
) -> list[Reservation]:
    """Reserve for a revision in every budget, by id, so that two purchases never wait in a ring.

    The room is checked and taken by one guarded UPDATE. Modes *warn* and *approve* always reserve
    and record the overdraft; mode *block* raises ``BudgetExceeded`` and nothing stays reserved.
    """
    return [
        _reserve(requisition_id, revision_id, draw, actor=actor, now=now)
        for draw in sorted(draws)
        if draw.amount_minor > 0
    ]


def _reserve(
    requisition_id: str, revision_id: str, draw: Draw, *, actor: Actor, now: datetime
) -> Reservation:
    room = Q(amount_minor__gte=F("committed_minor") + F("reserved_minor") + draw.amount_minor)
    taken = Budget.objects.filter(
        ~Q(mode=Budget.Mode.BLOCK) | room,
        pk=draw.budget_id,
        company_id=actor.company_id,
        closed_at=None,
    ).update(reserved_minor=F("reserved_minor") + draw.amount_minor)
    budget = Budget.objects.get(pk=draw.budget_id, company_id=actor.company_id)
    if not taken:
        raise _exceeded(budget, draw)
    reservation = Reservation.objects.create(
        created_at=now,
        budget=budget,
        requisition_id=requisition_id,
        revision_id=revision_id,
        amount_minor=draw.amount_minor,
        overdraft_minor=max(0, min(draw.amount_minor, -budget.left_minor)),
    )
    LedgerEntry.objects.create(
        created_at=now,
        budget=budget,
        reservation=reservation,
        kind=LedgerEntry.Kind.RESERVE,
        amount_minor=draw.amount_minor,
        currency=budget.currency,
        rate_numerator=draw.rate_numerator,
        rate_denominator=draw.rate_denominator,
        requisition_id=requisition_id,
        actor_member=actor.member_id,
    )
    if budget.account == Budget.Account.CREDIT:
        return reservation  # The buyer's trail must not tell it; the ledger does.
    record(
        "budget.reserved",
        budget.id,
        actor=actor,
        now=now,
        budget=budget.id,
        amount_minor=draw.amount_minor,
        overdraft_minor=reservation.overdraft_minor,
        requisition=requisition_id,
    )
    alert_budget(budget, actor=actor, now=now)
    return reservation


def _exceeded(budget: Budget, draw: Draw) -> Conflict:
    if budget.account == Budget.Account.CREDIT:
        return CreditExceeded(_("The supplier does not take this order as it is."))
    return BudgetExceeded(
        _("%(budget)s has not enough left for this purchase.") % {"budget": budget.name},
        budget=budget.id,
        left_minor=budget.left_minor,
        wanted_minor=draw.amount_minor,
    )
