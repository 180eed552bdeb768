"""Orders and requisitions as CSV or XLSX, within the reach and the filters of the list."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from placet.documents.mapped_sheets import order_rows, requisition_rows
from placet.documents.sheet_columns import ORDERS, REQUISITIONS
from placet.documents.sheets import MOST_PURCHASES, Cell, order_sheet, requisition_sheet
from placet.orders.queries import list_orders
from placet.requisitions.queries import list_requisitions
from placet.web.exports.mapped import mapped_file
from placet.web.orders.filters import OrderFilter
from placet.web.requisitions.forms import RequisitionFilter
from placet.web.requisitions.page import filtered_requisitions
from placet.web.shell import PageRequest, company_page
from placet.web.table_file import answer_with_table


@require_GET
@company_page
def export_orders(request: PageRequest) -> HttpResponse:
    """A row a line of the orders that the address names."""
    rows = OrderFilter(request.GET, actor=request.actor).leave(list_orders(request.actor))
    picked = request.GET.getlist("pick")[:MOST_PURCHASES]
    if picked:
        rows = rows.filter(number__in=picked)
    if request.GET.get("column_map"):
        return mapped_file(request, ORDERS, order_rows(rows[:MOST_PURCHASES]))
    return file_of(request, order_sheet(rows[:MOST_PURCHASES], reader=request.actor), "orders")


@require_GET
@company_page
def export_requisitions(request: PageRequest) -> HttpResponse:
    """A row a line of the requisitions that the address names."""
    wanted = RequisitionFilter(request.GET)
    wanted.is_valid()
    chosen = [wanted.cleaned_data.get(name, "") for name in ("status", "whose", "q")]
    rows = filtered_requisitions(list_requisitions(request.actor), request.actor, *chosen)
    picked = request.GET.getlist("pick")[:MOST_PURCHASES]
    if picked:
        rows = rows.filter(pk__in=picked)
    if request.GET.get("column_map"):
        return mapped_file(request, REQUISITIONS, requisition_rows(rows[:MOST_PURCHASES]))
    sheet = requisition_sheet(rows[:MOST_PURCHASES], reader=request.actor)
    return file_of(request, sheet, "requisitions")


def file_of(request: PageRequest, rows: Iterable[list[Cell]], name: str) -> HttpResponse:
    """Rows as the file that the address asks for: XLSX, else CSV."""
    name = f"{name}-{request.actor.company_slug}-{request.now:%Y-%m-%d}"
    return answer_with_table(request, rows, name)
