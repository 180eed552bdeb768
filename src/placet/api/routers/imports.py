"""Lists go in and out: imports with a trial and a reversal, exports that import again unchanged."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja.responses import Status
from pydantic import Field, StringConstraints

from placet.api.call import ApiRequest
from placet.api.files import sent_file
from placet.api.paging import Page, listed, page_of, read_cursor, write_cursor
from placet.api.rate import spend
from placet.api.schemas.base import ListOf, Wish
from placet.api.schemas.imports import (
    Export,
    Import,
    ImportRow,
    KindName,
    show_import,
    show_import_rows,
    show_imports,
)
from placet.api.versions import tag
from placet.core.cells import csv_lines
from placet.core.errors import InvalidInput
from placet.imports import actions, queries
from placet.imports.columns import guess_columns
from placet.imports.exporting import export_table
from placet.imports.kinds import get_kind
from placet.imports.kinds.kind import Kind
from placet.imports.reading import (
    LONGEST_CELL,
    MOST_ROWS,
    Table,
    read_csv,
    read_file,
    read_table,
)
from placet.runs.models import Run

router = Router(tags=["imports"])
PERMITS = 9
"""An import keeps a worker busy: starting one costs as much as ten calls."""
CSV = "text/csv"

Cell = Annotated[str, StringConstraints(max_length=LONGEST_CELL)]


HeaderName = Annotated[str, StringConstraints(max_length=200)]


class NewImport(Wish):
    """Rows by the names of our columns, or a CSV whose header names them: one of both.

    Up to 100,000 rows come as a file in a form (multipart/form-data). `columns` says for our names
    those of the header, where these are others.
    """

    kind: KindName
    dry_run: bool = False
    columns: dict[str, HeaderName] = {}
    rows: Annotated[list[dict[str, Cell]], Field(max_length=MOST_ROWS)] = []
    csv: Annotated[str, StringConstraints(max_length=2_000_000)] = ""


class RowFilters(Page):
    """Some of the rows only."""

    state: Literal["", "warning", "error", "added", "changed", "unchanged"] = ""


class NewReversal(Wish):
    """Nothing needs to be said."""


@router.get("/imports", response=ListOf[Import])
def list_imports(request: ApiRequest, page: Query[Page]) -> ListOf[Import]:
    """The caller's imports and trials, for company admins all of the company; newest first."""
    return page_of(request, queries.list_imports(request.actor), page, show_imports)


@router.post("/imports", response={202: Import})
def create_import(request: ApiRequest, body: NewImport) -> Status[Import]:
    """Start an import, or with `dry_run` a trial: all rows are written or none."""
    kind = get_kind(body.kind)
    spend(request.key.id, PERMITS)
    table = _table(request, body, kind)
    file = actions.keep_import_file(
        table, kind=kind, name="API", actor=request.actor, now=request.now
    )
    run = actions.start_import(
        file,
        columns=_columns(body, kind, file.header),
        is_dry_run=body.dry_run,
        actor=request.actor,
        now=request.now,
    )
    return Status(202, _shown(request, run))


@router.get("/imports/{import_id}", response=Import)
def get_import(request: ApiRequest, import_id: str) -> Import:
    """One import with its progress, its counts and, where somebody tried, its reversal."""
    return _shown(request, queries.get_import(request.actor, import_id))


@router.get("/imports/{import_id}/rows", response=ListOf[ImportRow])
def list_import_rows(
    request: ApiRequest,
    import_id: str,
    page: Query[RowFilters],
) -> ListOf[ImportRow]:
    """What became of each row, in the order of the file; `state` shows some of them."""
    run = queries.get_import(request.actor, import_id)
    behind = read_cursor(request, page)
    if behind is not None and not (len(behind) == 1 and isinstance(behind[0], int)):
        raise InvalidInput("/query/cursor", "cursor", _("This cursor is not one of this list."))
    rows = queries.list_rows_in(run, page.state).filter(position__gt=behind[0] if behind else 0)
    found = list(rows.order_by("position").values_list("position", "content")[: page.limit + 1])
    shown = found[: page.limit]
    has_more = len(found) > page.limit
    following = write_cursor(request, page, [shown[-1][0]]) if has_more else None
    return listed(request, show_import_rows([content for _at, content in shown]), following)


@router.post("/imports/{import_id}/reversals", response={202: Import})
def reverse_import(request: ApiRequest, import_id: str, body: NewReversal) -> Status[Import]:
    """Take an import back: end what it added, give back what it changed; all of it or nothing."""
    run = queries.get_import(request.actor, import_id)
    spend(request.key.id, PERMITS)
    actions.start_undo(run, actor=request.actor, now=request.now)
    return Status(202, _shown(request, run))


@router.get("/exports/{kind}", response=Export)
def get_export(request: ApiRequest, kind: str) -> Export | HttpResponse:
    """What is there now: JSON, or CSV where `Accept` asks for `text/csv`."""
    found = get_kind(kind)
    rows = export_table(found, actor=request.actor, now=request.now)
    if CSV in request.headers.get("Accept", ""):
        return HttpResponse("".join(csv_lines(rows)), content_type=f"{CSV}; charset=utf-8")
    columns, *cells = rows
    return Export(
        kind=found.key,  # type: ignore[arg-type]
        columns=columns,
        rows=[dict(zip(columns, row, strict=True)) for row in cells],
    )


def _columns(body: NewImport, kind: Kind, header: list[str]) -> dict[str, int]:
    if not body.columns:
        return guess_columns(kind.columns, header)
    for key, name in body.columns.items():
        if name not in header:
            raise InvalidInput(
                f"columns/{key[:40]}", "no_such_place", _("The file has no such column.")
            )
    return {key: header.index(name) for key, name in body.columns.items()}


def _table(request: ApiRequest, body: NewImport, kind: Kind) -> Table:
    file = sent_file(request)
    if file is not None:
        if file.size > kind.largest_file:
            most = kind.largest_file // 1_000_000
            sentence = _("A file has at most %(most)d MB.") % {"most": most}
            raise InvalidInput("file", "too_large", sentence)
        return read_file(file.read(), most_rows=kind.most_rows, largest=kind.largest_file)
    if bool(body.rows) == bool(body.csv):
        raise InvalidInput("rows", "one_of", _("Send rows or a CSV, and not both."))
    if body.csv:
        return read_csv(body.csv, most_rows=kind.most_rows)
    known = {column.key for column in kind.columns}
    for number, row in enumerate(body.rows):
        for name in row:
            if name not in known:
                raise InvalidInput(
                    f"rows/{number}/{name[:40]}", "unknown_column", _("There is no such column.")
                )
    header = [one.key for one in kind.columns if any(one.key in row for row in body.rows)]
    if not header:
        raise InvalidInput("rows", "empty", _("These rows say nothing."))
    return read_table([header, *([row.get(key, "") for key in header] for row in body.rows)])


def _shown(request: ApiRequest, run: Run) -> Import:
    tag(request, run.version)
    return show_import(run)
