"""The next period of a recurring budget: at its first use or by the timetable, exactly once."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from placet.budgets.actions.alert_budget import alert_budget
from placet.budgets.definition import carried_minor, following_period
from placet.budgets.ledger import post_amount, post_transfer
from placet.budgets.models import Budget, BudgetTransfer, LedgerEntry
from placet.budgets.queries import list_ended_budgets
from placet.companies.models import Company
from placet.core.actor import Actor, system_actor
from placet.core.transaction import transaction
from placet.events.record import record

MOST_AT_ONCE = 100


@transaction
def open_periods(company_id: str, *, now: datetime) -> int:
    """Let every series of a company reach the period that runs now; returns how many were made.

    Called where a purchase is about to lock its budgets, and by the timetable. A series that
    nobody used for months gets each period in between, so that none is missing in its history.
    """
    made = 0
    company: Company | None = None
    for budget in list_ended_budgets(now=now).filter(company_id=company_id).order_by("id"):
        company = company or Company.objects.get(pk=company_id)
        made += _catch_up(budget, company, now)
    return made


def open_due_periods(*, now: datetime) -> int:
    """The timetable's part: one transaction a company, some companies a call."""
    ended = list_ended_budgets(now=now).order_by("company_id").values_list("company_id", flat=True)
    return sum(open_periods(company_id, now=now) for company_id in ended.distinct()[:MOST_AT_ONCE])


def _catch_up(budget: Budget, company: Company, now: datetime) -> int:
    actor = system_actor(company.id, company.slug, company.kind, company.currency)
    made = 0
    current: Budget | None = budget
    while current is not None and current.ends_at <= now:
        current = _follow(current, company, actor, now)
        made += current is not None
    return made


def _follow(budget: Budget, company: Company, actor: Actor, now: datetime) -> Budget | None:
    """Whoever ends the old period makes the new one; ``None`` when somebody else was quicker."""
    mine = Budget.objects.filter(pk=budget.pk, is_latest=True, closed_at=None).update(
        is_latest=False, version=F("version") + 1
    )
    if not mine:
        return None
    budget.refresh_from_db()
    following = following_period(budget, company)
    carried = carried_minor(budget)
    following.created_at, following.amount_minor = now, 0
    following.save(force_insert=True)
    record(
        "budget.period_opened",
        following.id,
        actor=actor,
        now=now,
        budget=following.id,
        previous=budget.id,
        number=following.number,
        amount_minor=budget.base_minor,
        currency=budget.currency,
    )
    # The ledger is read by all: its words are in the company's language.
    with translation.override(company.language):
        first_amount, carried_over = _("First amount"), _("Carried over")
    post_amount(
        following,
        budget.base_minor,
        kind=LedgerEntry.Kind.ADJUST,
        reason=first_amount,
        actor=actor,
        now=now,
    )
    if carried:
        post_transfer(
            budget,
            following,
            carried,
            kind=BudgetTransfer.Kind.ROLLOVER,
            reason=carried_over,
            actor=actor,
            now=now,
        )
    alert_budget(following, actor=actor, now=now)
    return following
