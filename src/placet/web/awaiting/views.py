"""For the supplier: what customers still have to approve. It is no order, and looks it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from placet.companies.permissions import ORDER_PROCESS, can_do
from placet.requisitions.queries import list_awaiting_customers
from placet.web.awaiting.page import list_waiting_words
from placet.web.paging import page_of
from placet.web.shell import PageRequest, company_page


@require_GET
@company_page
def awaiting(request: PageRequest) -> HttpResponse:
    """Requisitions of all customers that wait for their own people, newest first."""
    page = page_of(list_awaiting_customers(request.actor), "submitted_at", request.GET)
    context = {
        "page": page,
        "rows": list_waiting_words(page.rows),
        "refusal": can_do(request.actor, ORDER_PROCESS),
    }
    return render(request, "web/awaiting/list.html", context)
