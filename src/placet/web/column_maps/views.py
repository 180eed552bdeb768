"""The company's column maps: the list, making one, changing and deleting it, and what it makes."""

from __future__ import annotations

from collections.abc import Mapping
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
from placet.documents.sheet_columns import ORDERS, REQUISITIONS, SheetColumn, gone_column
from placet.web.attempt import attempt, status_of
from placet.web.column_maps.forms import (
    DECIMAL_MARKS,
    DELIMITERS,
    MOVES,
    ColumnMapForm,
    Laid,
    first_columns,
    initial_of,
    lay_out,
    moved,
    typed_columns,
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
    columns = _columns(request, list_name, row)
    if request.method != "POST":
        chosen = first_columns(columns, list_name, row)
        initial = initial_of(row) if row else {"delimiter": ",", "decimal_mark": "."}
        form = ColumnMapForm(initial=initial)
        shape = ColumnMapShape("", chosen, *(row.delimiter, row.decimal_mark) if row else ())
        return _show(request, list_name, row, form, lay_out(chosen, columns, {}), shape)
    verb, _colon, key = request.POST.get("do", "").partition(":")
    if verb in MOVES:
        return _move(request, list_name, row, verb, key)
    form = ColumnMapForm(request.POST)
    chosen = typed_columns(request.POST)
    done = attempt(form, lambda: _do(request, list_name, row, form.shape(chosen)))
    if isinstance(done, ColumnMap):
        messages.success(request, _("“%(name)s” is saved.") % {"name": done.name})
        return redirect(company_url(request.actor, "column_maps"))
    return _show(request, list_name, row, form, lay_out(chosen, columns, request.POST), done)


def _columns(
    request: PageRequest, list_name: str, row: ColumnMap | None
) -> Mapping[str, SheetColumn]:
    """What may stand in the file, with what a map names that is there no more."""
    known = list_columns(request.actor, list_name)
    named = [key for key, _heading in row.columns] if row else []
    return {**known, **{key: gone_column(key) for key in named if key not in known}}


def _move(
    request: PageRequest, list_name: str, row: ColumnMap | None, verb: str, key: str
) -> HttpResponse:
    """The same form with a column elsewhere: what was typed stays, and nothing is saved."""
    columns = _columns(request, list_name, row)
    sent = typed_columns(request.POST)
    chosen = moved(sent, verb, key) if key in columns else sent
    laid = lay_out(chosen, columns, request.POST, (verb, key))
    form = ColumnMapForm(initial=request.POST.dict())
    marks = request.POST.get("delimiter", ""), request.POST.get("decimal_mark", "")
    if marks[0] not in dict(DELIMITERS) or marks[1] not in dict(DECIMAL_MARKS):
        return _show(request, list_name, row, form, laid, None)
    headed = [(one.column.key, one.heading) for one in laid.rows]
    shape = ColumnMapShape("", headed, "\t" if marks[0] == "tab" else marks[0], marks[1])
    return _show(request, list_name, row, form, laid, shape)


def _show(
    request: PageRequest,
    list_name: str,
    row: ColumnMap | None,
    form: ColumnMapForm,
    laid: Laid,
    shape: ColumnMapShape | None,
) -> HttpResponse:
    preview = _preview(request, list_name, shape) if shape and shape.columns else None
    context: dict[str, object] = {"form": form, "row": row, "list_name": list_name, "laid": laid}
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
