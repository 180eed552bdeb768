"""Budgets: how much is left, and the ledger behind each number. Read-only."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from placet.budgets.queries import get_budget, list_budgets, list_entries, list_waiting
from placet.companies.permissions import BUDGET_VIEW, can_do
from placet.web.budgets.page import (
    days_left,
    list_entry_rows,
    list_waiting_rows,
    state_of_budget,
)
from placet.web.paging import page_of
from placet.web.shell import PageRequest, company_page


@require_GET
@company_page
def budget_list(request: PageRequest) -> HttpResponse:
    """The running budgets within reach, the fullest first."""
    budgets = list(list_budgets(request.actor, now=request.now))
    rows = [(budget, state_of_budget(budget), days_left(budget, request.now)) for budget in budgets]
    rows.sort(key=lambda row: row[1].left_minor / max(row[1].amount_minor, 1))
    overdrawn = sum(state.over_minor > 0 for _budget, state, _days in rows)
    refusal = None if rows else can_do(request.actor, BUDGET_VIEW)
    return render(
        request,
        "web/budgets/list.html",
        {"rows": rows, "overdrawn": overdrawn, "refusal": refusal},
    )


@require_GET
@company_page
def budget_page(request: PageRequest, budget_id: str) -> HttpResponse:
    """One budget: what is left, what waits, and every posting that made it so."""
    budget = get_budget(request.actor, budget_id)
    page = page_of(list_entries(request.actor, budget), "created_at", request.GET)
    context = {
        "budget": budget,
        "state": state_of_budget(budget),
        "days": days_left(budget, request.now),
        "page": page,
        "entries": list_entry_rows(page.rows),
        "waiting": list_waiting_rows(list(list_waiting([budget.id]))),
    }
    return render(request, "web/budgets/page.html", context)
