"""Making a budget and changing its amount: both are postings with a reason."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from placet.budgets.models import Budget, LedgerEntry
from placet.core.actor import Actor
from placet.core.errors import Forbidden, InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record

LARGEST_AMOUNT = 10**15


@transaction
def create_budget(
    *,
    actor: Actor,
    now: datetime,
    name: str,
    owner_kind: str,
    owner_ref: str,
    owner_path: str = "",
    responsible_id: str | None,
    currency: str,
    amount_minor: int,
    starts_at: datetime,
    ends_at: datetime,
    mode: str = Budget.Mode.APPROVE,
    basis: str = Budget.Basis.NET,
) -> Budget:
    """A budget with its first posting; ``[starts_at, ends_at)`` is its one period."""
    _require_manager(actor)
    if ends_at <= starts_at:
        raise InvalidInput("ends_at", "too_early", _("A budget must end after it starts."))
    budget = Budget.objects.create(
        created_at=now,
        company_id=actor.company_id,
        name=name,
        owner_kind=owner_kind,
        owner_ref=owner_ref,
        owner_path=owner_path,
        responsible_id=responsible_id,
        currency=currency,
        mode=mode,
        basis=basis,
        starts_at=starts_at,
        ends_at=ends_at,
    )
    record("budget.created", budget.id, actor=actor, now=now, budget=budget.id)
    return adjust_budget(
        budget.id, change_minor=amount_minor, reason=_("First amount"), actor=actor, now=now
    )


@transaction
def adjust_budget(
    budget_id: str, *, change_minor: int, reason: str, actor: Actor, now: datetime
) -> Budget:
    """Raise or lower the amount of a budget by a posting with its reason."""
    _require_manager(actor)
    if abs(change_minor) > LARGEST_AMOUNT:
        raise InvalidInput("amount", "too_large", _("The amount is too large."))
    budget = Budget.objects.select_for_update().get(pk=budget_id, company_id=actor.company_id)
    if budget.amount_minor + change_minor < 0:
        raise InvalidInput("amount", "negative", _("A budget cannot be below zero."))
    Budget.objects.filter(pk=budget.pk).update(
        amount_minor=F("amount_minor") + change_minor, version=F("version") + 1
    )
    LedgerEntry.objects.create(
        created_at=now,
        budget=budget,
        kind=LedgerEntry.Kind.ADJUST,
        amount_minor=change_minor,
        currency=budget.currency,
        actor_member=actor.member_id,
        reason=reason,
    )
    record(
        "budget.adjusted",
        budget.id,
        actor=actor,
        now=now,
        budget=budget.id,
        amount_minor=change_minor,
        private={"reason": reason},
    )
    budget.refresh_from_db()
    return budget


def _require_manager(actor: Actor) -> None:
    if not (actor.is_system or actor.holds("budget.manage")):
        raise Forbidden(_("Only somebody who manages budgets may do this; ask a company admin."))
