"""Budgets and their ledgers, to read."""

from __future__ import annotations

from ninja import Query, Router

from placet.api.call import ApiRequest
from placet.api.paging import Page, page_of
from placet.api.schemas.base import ListOf
from placet.api.schemas.budget import Budget, BudgetEntry, show_budgets, show_entries
from placet.api.versions import tag
from placet.budgets import queries

router = Router(tags=["budgets"])


@router.get("/budgets", response=ListOf[Budget])
def list_budgets(request: ApiRequest, page: Query[Page]) -> ListOf[Budget]:
    """The running budgets that the caller may see."""
    found = queries.list_budgets(request.actor, now=request.now)
    return page_of(request, found, page, show_budgets)


@router.get("/budgets/{budget_id}", response=Budget)
def get_budget(request: ApiRequest, budget_id: str) -> Budget:
    """One running budget."""
    budget = queries.get_budget(request.actor, budget_id)
    tag(request, budget.version)
    return show_budgets([budget])[0]


@router.get("/budgets/{budget_id}/entries", response=ListOf[BudgetEntry])
def list_budget_entries(
    request: ApiRequest, budget_id: str, page: Query[Page]
) -> ListOf[BudgetEntry]:
    """The postings of a budget, newest first."""
    budget = queries.get_budget(request.actor, budget_id)
    return page_of(request, queries.list_entries(request.actor, budget), page, show_entries)
