"""The company's column maps: the list, making one, changing and deleting it, and what it makes."""

from __future__ import annotations

from itertools import islice
from typing import Final, NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from placet.companies.models import ColumnMap
from placet.companies.refusals import refuse
from placet.documents.actions import (
    change_column_map,
    delete_column_map,
    save_column_map,
)
from placet.documents.column_maps import (
    can_manage_column_maps,
    get_column_map,
    list_column_maps,
    list_columns,
)
from placet.documents.column_shapes import ColumnMapShape, check_shape
from placet.documents.mapped_sheets import mapped_csv, mapped_rows
from placet.documents.sheet_columns import ORDERS, REQUISITIONS, gone_column
from placet.web.attempt import attempt, status_of
from placet.web.column_maps.forms import (
    ColumnMapForm,
    first_rows,
    initial_of,
    read_columns,
    typed_rows,
)
from placet.web.exports.mapped import newest_rows
from placet.web.shell import PageRequest, company_page, company_url

PREVIEWED: Final = 3
NAMES: Final = {ORDERS: gettext_lazy("Orders"), REQUISITIONS: gettext_lazy("Requisitions")}


class Preview(NamedTuple):
    """The beginning of the file: its cells, and the CSV as it leaves."""

    head: list[str]
    rows: list[list[str]]
    text: str


@require_GET
@company_page
def column_maps(request: PageRequest) -> HttpResponse:
    """Everybody who exports sees them; who keeps them changes them."""
    found = [(one, NAMES[one.list_name]) for one in list_column_maps(request.actor)]
    context = {"maps": found, "refusal": can_manage_column_maps(request.actor)}
    return render(request, "web/column_maps/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def column_map_new(request: PageRequest) -> HttpResponse:
    """A new one, which begins with the usual columns."""
    refuse(can_manage_column_maps(request.actor))
    sent = request.POST if request.method == "POST" else request.GET
    list_name = REQUISITIONS if sent.get("list") == REQUISITIONS else ORDERS
    return _edit(request, list_name, None)


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def column_map(request: PageRequest, map_id: str) -> HttpResponse:
    """Changing one."""
    refuse(can_manage_column_maps(request.actor))
    found = get_column_map(request.actor, map_id)
    return _edit(request, found.list_name, found)


@require_POST
@company_page
def column_map_delete(request: PageRequest, map_id: str) -> HttpResponse:
    """Forget one."""
    found = get_column_map(request.actor, map_id)
    delete_column_map(found, actor=request.actor, now=request.now)
    messages.success(request, _("“%(name)s” is deleted.") % {"name": found.name})
    return redirect(company_url(request.actor, "column_maps"))


def _edit(request: PageRequest, list_name: str, row: ColumnMap | None) -> HttpResponse:
    actor = request.actor
    known = list_columns(actor, list_name)
    named = [key for key, _heading in row.columns] if row else []
    columns = {**known, **{key: gone_column(key) for key in named if key not in known}}
    is_sent = request.method == "POST"
    first = first_rows(columns, list_name, row)
    rows = typed_rows(request.POST, columns) if is_sent else first
    initial = initial_of(row) if row else {"delimiter": ",", "decimal_mark": "."}
    form = ColumnMapForm(request.POST if is_sent else None, initial=initial)
    done = attempt(
        form, lambda: _do(request, list_name, row, form.shape(read_columns(rows, first)))
    )
    if isinstance(done, ColumnMap):
        messages.success(request, _("“%(name)s” is saved.") % {"name": done.name})
        return redirect(company_url(actor, "column_maps"))
    shape = done if is_sent else ColumnMapShape("", read_columns(rows, first))
    preview = _preview(request, list_name, shape) if shape else None
    context: dict[str, object] = {"form": form, "row": row, "list_name": list_name, "rows": rows}
    context |= {"preview": preview, "list_words": NAMES[list_name]}
    return render(request, "web/column_maps/form.html", context, status=status_of(form))


def _do(
    request: PageRequest,
    list_name: str,
    row: ColumnMap | None,
    shape: ColumnMapShape,
) -> ColumnMap | ColumnMapShape:
    """Keep it; or only check it, for a look at what it would make."""
    actor, now = request.actor, request.now
    if request.POST.get("do") == "preview":
        kept = frozenset(key for key, _heading in row.columns) if row else frozenset()
        return check_shape(shape, list_name=list_name, actor=actor, kept=kept)
    if row is None:
        return save_column_map(list_name, shape=shape, actor=actor, now=now)
    version = request.POST.get("version", "")
    seen = int(version) if version.isdecimal() else None
    return change_column_map(row, shape=shape, version=seen, actor=actor, now=now)


def _preview(request: PageRequest, list_name: str, shape: ColumnMapShape) -> Preview:
    """The first rows of the newest purchases, as the file would have them."""
    made = ColumnMap(
        list_name=list_name,
        columns=shape.columns,
        delimiter=shape.delimiter,
        decimal_mark=shape.decimal_mark,
    )
    newest = newest_rows(list_name, request.actor, PREVIEWED)
    rows = list(islice(mapped_rows(newest, made, reader=request.actor), PREVIEWED + 1))
    cells = [[str(cell) for cell in row] for row in rows]
    return Preview(cells[0], cells[1:], mapped_csv(rows, made).decode())
