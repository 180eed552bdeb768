"""Exports with the columns that a map names, and what to choose from beside the buttons."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpResponse

from placet.core.actor import Actor
from placet.documents.column_maps import get_column_map
from placet.documents.formats import CSV, XLSX
from placet.documents.mapped_sheets import (
    mapped_csv,
    mapped_rows,
    mapped_xlsx,
    order_rows,
    requisition_rows,
)
from placet.documents.sheet_columns import ORDERS, SheetRow
from placet.orders.queries import list_orders
from placet.requisitions.queries import list_requisitions
from placet.web.shell import PageRequest


def mapped_file(request: PageRequest, list_name: str, rows: Iterable[SheetRow]) -> HttpResponse:
    """The rows as the map of the address has them: XLSX, else CSV. ``NotFound`` without the map."""
    chosen = get_column_map(request.actor, request.GET.get("column_map", ""), list_name)
    cells = mapped_rows(rows, chosen, reader=request.actor)
    is_sheet = request.GET.get("format") == "xlsx"
    content = mapped_xlsx(cells, chosen) if is_sheet else mapped_csv(cells, chosen)
    answer = HttpResponse(content, content_type=XLSX if is_sheet else CSV)
    stem = f"{list_name}-{request.actor.company_slug}-{request.now:%Y-%m-%d}"
    ending = "xlsx" if is_sheet else "csv"
    answer["Content-Disposition"] = f'attachment; filename="{stem}.{ending}"'
    return answer


def newest_rows(list_name: str, reader: Actor, most: int) -> Iterable[SheetRow]:
    """The newest purchases that somebody sees, for a look at what a map makes of them."""
    if list_name == ORDERS:
        return order_rows(list_orders(reader)[:most])
    return requisition_rows(list_requisitions(reader)[:most])
