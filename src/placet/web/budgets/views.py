"""Budgets: how much is left, and the ledger behind each number."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from placet.budgets.permissions import can_manage_budget, can_manage_budgets
from placet.budgets.queries import (
    get_budget,
    list_budgets,
    list_periods,
)
from placet.companies.models import Company
from placet.companies.permissions import BUDGET_VIEW, can_do
from placet.web.budgets.chart import draw_chart
from placet.web.budgets.filters import LedgerFilter
from placet.web.budgets.forecast import forecast_of, ordered_from, passed_part
from placet.web.budgets.page import (
    days_left,
    list_entry_rows,
    list_waiting_of,
    state_of_budget,
)
from placet.web.budgets.tree import build_tree
from placet.web.paging import page_of
from placet.web.shell import PageRequest, company_page


@require_GET
@company_page
def budget_list(request: PageRequest) -> HttpResponse:
    """The running budgets within reach, in the tree of units."""
    budgets = list(list_budgets(request.actor, now=request.now))
    branches = build_tree(request.actor, budgets, now=request.now)
    rows = [row for branch in branches for row in branch.rows]
    context = {
        "branches": branches,
        "count": len(rows),
        "overdrawn": sum(row.state.over_minor > 0 for row in rows),
        "refusal": None if rows else can_do(request.actor, BUDGET_VIEW),
        "may_manage": can_manage_budgets(request.actor) is None,
        "is_household": request.actor.company_kind == Company.Kind.HOUSEHOLD,
    }
    return render(request, "web/budgets/list.html", context)


@require_GET
@company_page
def budget_page(request: PageRequest, budget_id: str) -> HttpResponse:
    """One budget: what is left, what waits, and every posting that made it so."""
    budget = get_budget(request.actor, budget_id)
    ledger = LedgerFilter(request.GET, budget)
    page = page_of(ledger.entries_of(request.actor, budget), "created_at", request.GET)
    forecast = forecast_of(budget, ordered_from([budget]).get(budget.pk, 0), request.now)
    context = {
        "budget": budget,
        "state": state_of_budget(budget),
        "days": days_left(budget, request.now),
        "is_over": budget.ends_at <= request.now,
        "passed": round(passed_part(budget, request.now) * 100),
        "page": page,
        "entries": list_entry_rows(page.rows),
        "ledger": ledger,
        "waiting": list_waiting_of([budget.id])[budget.id],
        "periods": list_periods(request.actor, budget),
        "forecast": forecast,
        "chart": draw_chart(budget, forecast, now=request.now),
        "alerts": list(budget.alerts.order_by("percent")),
        "may_manage": can_manage_budget(request.actor, budget) is None and not budget.closed_at,
        "is_household": request.actor.company_kind == Company.Kind.HOUSEHOLD,
    }
    return render(request, "web/budgets/page.html", context)
