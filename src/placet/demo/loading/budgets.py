"""Budgets with their periods around today, and what was ordered from them before the history."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import F

from placet.budgets.actions import create_budget, set_credit
from placet.budgets.models import Budget, LedgerEntry
from placet.catalog.models import Category
from placet.demo.loading.registry import Registry
from placet.demo.world import shapes
from placet.demo.world.budgets import BUDGETS
from placet.demo.world.companies import MERIDIAN, NORDEN

Kind = LedgerEntry.Kind
CREDIT_MINOR = 400_000_00
RUNNING_FOR = timedelta(days=15)
COMES_BACK = {
    "this_month": Budget.Period.MONTH,
    "this_quarter": Budget.Period.QUARTER,
    "this_year": Budget.Period.YEAR,
}


def load_budgets(registry: Registry) -> None:
    """Every budget with its amount; nothing is committed or reserved yet."""
    for budget in BUDGETS:
        starts_on, ends_on = period_of(budget.period, registry.today)
        registry.budgets[budget.key] = create_budget(
            name=_name(budget.name, registry.today),
            owner_kind=budget.owner_kind,
            owner_ref=_owner(registry, budget),
            responsible_id=registry.members[budget.responsible].id,
            currency=registry.companies[budget.company].currency,
            amount_minor=budget.amount_minor,
            starts_at=registry.at(budget.company, starts_on),
            ends_at=registry.at(budget.company, ends_on),
            period=COMES_BACK[budget.period] if budget.comes_back else Budget.Period.ONCE,
            rollover=budget.rollover,
            mode=budget.mode,
            actor=registry.system(budget.company),
            now=registry.setup,
        )
    set_credit(
        registry.companies[MERIDIAN],
        limit_minor=CREDIT_MINOR,
        mode=Budget.Mode.APPROVE,
        actor=registry.system(NORDEN),
        now=registry.setup,
    )


def period_of(period: shapes.Period, today: date) -> tuple[date, date]:
    """The first day of the period that today lies in, and the first day after it.

    A period that has just begun begins two weeks ago here: what is open today was submitted since
    then, and must be reserved in the budgets that are shown today.
    """
    if period == "ends_tomorrow":
        return today - timedelta(days=60), today + timedelta(days=2)
    months = {"this_month": 1, "this_quarter": 3, "this_year": 12}[period]
    first_month = (today.month - 1) // months * months
    starts_on = min(_month(today.year, first_month), today - RUNNING_FOR)
    return starts_on, _month(today.year, first_month + months)


def post_opening(
    registry: Registry, key: str, amount_minor: int, *, reason: str, now: datetime
) -> None:
    """Post what was ordered outside Placet: held and committed in one moment.

    A ledger balances only when what is committed was reserved before, so it is a pair of postings.
    They belong to no reservation, since no requisition stands behind them.
    """
    if amount_minor <= 0:
        return
    budget = registry.budgets[key]
    LedgerEntry.objects.bulk_create(
        LedgerEntry(
            created_at=now,
            budget=budget,
            kind=kind,
            amount_minor=amount_minor,
            currency=budget.currency,
            reason=reason,
        )
        for kind in (Kind.RESERVE, Kind.COMMIT)
    )
    Budget.objects.filter(pk=budget.pk).update(
        committed_minor=F("committed_minor") + amount_minor, version=F("version") + 1
    )


def _month(year: int, month_index: int) -> date:
    return date(year + month_index // 12, month_index % 12 + 1, 1)


def _name(name: str, today: date) -> str:
    return name.format(
        quarter=f"Q{(today.month - 1) // 3 + 1}", month=f"{today:%B}", year=today.year
    )


def _owner(registry: Registry, budget: shapes.Budget) -> str:
    if budget.owner_kind == "cost_center":
        return registry.cost_centers[budget.owner].id
    if budget.owner_kind == "unit":
        return registry.units[budget.owner].id
    if budget.owner_kind == "member":
        return registry.members[budget.owner].id
    if budget.owner_kind == "category":
        return Category.objects.get(path=f"{budget.owner}/").id
    return registry.companies[budget.company].id
