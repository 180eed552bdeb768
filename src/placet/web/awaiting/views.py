"""For the supplier: what customers still have to approve. It is no order, and looks it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from placet.companies.permissions import ORDER_PROCESS, can_do
from placet.documents.mapped_sheets import requisition_rows
from placet.documents.sheet_columns import REQUISITIONS
from placet.documents.sheets import MOST_PURCHASES, requisition_sheet
from placet.requisitions.queries import list_awaiting_customers
from placet.web.awaiting.filters import WAITS, AwaitingFilter
from placet.web.awaiting.page import list_waiting_words
from placet.web.exports.mapped import mapped_file
from placet.web.exports.views import file_of
from placet.web.paging import page_of
from placet.web.shell import PageRequest, company_page


@require_GET
@company_page
def awaiting(request: PageRequest) -> HttpResponse:
    """Requisitions of all customers that wait for their own people, newest first."""
    wanted = AwaitingFilter(request.GET, actor=request.actor)
    found = wanted.leave(list_awaiting_customers(request.actor))
    page = page_of(found, "submitted_at", request.GET)
    context = {
        "page": page,
        "rows": list_waiting_words(page.rows),
        "form": wanted,
        "filters": wanted.said,
        "waits": WAITS,
        "refusal": can_do(request.actor, ORDER_PROCESS),
    }
    return render(request, "web/awaiting/list.html", context)


@require_GET
@company_page
def export_awaiting(request: PageRequest) -> HttpResponse:
    """A row a line of what the address names: what the merchant may read of it, and no more."""
    rows = AwaitingFilter(request.GET, actor=request.actor).leave(
        list_awaiting_customers(request.actor)
    )
    picked = request.GET.getlist("pick")[:MOST_PURCHASES]
    if picked:
        rows = rows.filter(pk__in=picked)
    rows = rows.select_related("unit")[:MOST_PURCHASES]
    if request.GET.get("column_map"):
        return mapped_file(request, REQUISITIONS, requisition_rows(rows))
    sheet = requisition_sheet(rows, reader=request.actor)
    return file_of(request, sheet, "awaiting")
