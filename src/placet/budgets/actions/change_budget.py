"""Changing what a budget is, and ending it. What was posted stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypedDict, Unpack

from django.db.models import F
from django.utils.translation import gettext as _

from placet.budgets.actions.alert_budget import alert_budget
from placet.budgets.definition import checked_choice, checked_percents, checked_responsible
from placet.budgets.ledger import checked_amount, checked_text, locked_budget, require_open
from placet.budgets.models import Budget
from placet.budgets.permissions import can_manage_budget, can_name_responsible
from placet.budgets.refusals import why_over
from placet.companies.holding import hold_actor
from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput
from placet.core.transaction import transaction
from placet.events.record import record


class BudgetOutdated(Conflict):
    """Somebody else changed the budget since it was read."""

    code = "budget_outdated"


class Changes(TypedDict, total=False):
    """What may be changed; owner, currency and period stay what the budget was made for."""

    name: str
    responsible_id: str | None
    mode: str
    basis: str
    rollover: str
    base_minor: int
    alert_percents: Sequence[int]
    ends_at: datetime
    external_id: str


@transaction
def change_budget(
    budget_id: str, *, version: int | None, actor: Actor, now: datetime, **changes: Unpack[Changes]
) -> Budget:
    """Change the named values of a budget's newest period and of those that will follow it.

    ``base_minor`` is what the periods to come begin with; the running one is changed by
    ``adjust_budget``. ``version`` is the one that was read. Mode and basis hold from the next
    purchase on. Raises ``BudgetOutdated``, ``InvalidInput``.
    """
    hold_actor(actor)
    budget = locked_budget(budget_id, actor.company_id)
    refuse(can_manage_budget(actor, budget))
    require_open(budget)
    if version is not None and budget.version != version:
        raise BudgetOutdated(_("Somebody else changed this budget. Please look again."))
    over = why_over(budget)
    if over is not None:
        raise Conflict(over.sentence)
    checked = _checked(budget, changes)
    different = {key: value for key, value in checked.items() if getattr(budget, key) != value}
    if not different:
        return budget
    refuse(can_name_responsible(actor, different.get("responsible_id")))
    Budget.objects.filter(pk=budget.pk).update(**different, version=F("version") + 1)
    budget.refresh_from_db()
    record(
        "budget.changed",
        budget.id,
        actor=actor,
        now=now,
        budget=budget.id,
        changed=sorted(different),
        private={"name": budget.name},
    )
    alert_budget(budget, actor=actor, now=now)
    return budget


@transaction
def close_budget(budget_id: str, *, actor: Actor, now: datetime) -> Budget:
    """End a budget: no purchase draws on it from now on, and no period follows.

    What waits in it is still ordered or released there, as it was promised. Closing twice changes
    nothing.
    """
    hold_actor(actor)
    budget = locked_budget(budget_id, actor.company_id)
    refuse(can_manage_budget(actor, budget))
    if budget.closed_at is not None:
        return budget
    Budget.objects.filter(pk=budget.pk).update(closed_at=now, version=F("version") + 1)
    budget.refresh_from_db()
    record(
        "budget.closed",
        budget.id,
        actor=actor,
        now=now,
        budget=budget.id,
        left_minor=budget.left_minor,
        private={"name": budget.name},
    )
    return budget


def _checked(budget: Budget, changes: Changes) -> dict[str, Any]:
    checked: dict[str, Any] = dict(changes)
    if "name" in changes:
        checked["name"] = checked_text(changes["name"], "name", 120)
    if "responsible_id" in changes:
        checked["responsible_id"] = checked_responsible(budget.company, changes["responsible_id"])
    for key, choices in (
        ("mode", Budget.Mode.values),
        ("basis", Budget.Basis.values),
        ("rollover", Budget.Rollover.values),
    ):
        if key in checked:
            checked_choice(checked[key], choices, key)
    if "base_minor" in changes:
        checked_amount(changes["base_minor"], "base_amount")
    if "alert_percents" in changes:
        checked["alert_percents"] = checked_percents(changes["alert_percents"])
    if "ends_at" in changes:
        _check_end(budget, changes["ends_at"])
    return checked


def _check_end(budget: Budget, ends_at: datetime) -> None:
    if budget.period != Budget.Period.ONCE and ends_at != budget.ends_at:
        raise InvalidInput("ends_at", "recurring", _("Its period ends by the calendar."))
    if ends_at <= budget.starts_at:
        raise InvalidInput("ends_at", "too_early", _("A budget must end after it starts."))
