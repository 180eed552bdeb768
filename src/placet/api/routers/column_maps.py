"""Column maps of exports, and the exports themselves: orders and requisitions as files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Final, Literal

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja.responses import Status
from pydantic import BaseModel, Field, StringConstraints

from placet.api.call import ApiRequest
from placet.api.paging import Page, page_of
from placet.api.schemas.base import ListOf, Resourceful, Wish, frame
from placet.api.schemas.words import Moment
from placet.api.versions import require_version, tag
from placet.companies import models
from placet.core.cells import csv_lines, sheet_of
from placet.core.errors import InvalidInput, NotFound
from placet.documents import actions, column_maps, column_shapes
from placet.documents.formats import CSV, XLSX
from placet.documents.mapped_sheets import (
    mapped_csv,
    mapped_rows,
    mapped_xlsx,
    order_rows,
    requisition_rows,
)
from placet.documents.sheet_columns import LINE, ORDERS, PART, PURCHASE, REQUISITIONS
from placet.documents.sheets import MOST_PURCHASES, order_sheet, requisition_sheet
from placet.orders.queries import EXPORT_STATES, list_orders
from placet.requisitions.queries import list_requisitions

router = Router(tags=["column maps"])
ListName = Literal["orders", "requisitions"]
Text = Annotated[str, StringConstraints(max_length=200)]
Delimiter = Literal[",", ";", "\t", "|"]
DecimalMark = Literal[".", ","]
RowKind = Literal["purchase", "line", "part"]
ROWS: Final[dict[int, RowKind]] = {PURCHASE: "purchase", LINE: "line", PART: "part"}


class ColumnChosen(Wish):
    """A column by its key; without a heading it has the usual one."""

    key: Text
    heading: Text = ""


Columns = list[ColumnChosen]
Chosen = Annotated[Columns, Field(max_length=200)]


class ColumnMapShown(Resourceful):
    """Which columns the files of a list have, in which order and under which headings."""

    object: Literal["column_map"] = "column_map"
    list: str
    name: str
    columns: Columns
    delimiter: str
    decimal_mark: str
    changed_at: datetime


class NewColumnMap(Wish):
    """A map for the exports of one list."""

    list: ListName
    name: Text
    columns: Chosen
    delimiter: Delimiter = ","
    decimal_mark: DecimalMark = "."


class ColumnMapChange(Wish):
    """What is named is changed; the list stays."""

    name: Text | None = None
    columns: Chosen | None = None
    delimiter: Delimiter | None = None
    decimal_mark: DecimalMark | None = None


class ColumnOffered(BaseModel):
    """A column that a map may name; ``row`` is how fine it makes the rows of the file."""

    object: Literal["column"] = "column"
    key: str
    heading: str
    row: RowKind
    is_closed: bool


class ColumnMapFilters(Page):
    """Maps of one list."""

    list: ListName | None = None


class ExportFilters(BaseModel):
    """Which purchases, and with which columns: the usual ones without a map."""

    column_map: Annotated[str, Field(max_length=40)] = ""
    since: Annotated[
        Moment | None, Field(description="placed or submitted at this instant or later")
    ] = None


class OrderExportFilters(ExportFilters):
    """Orders by how far the hand-over is, too."""

    export_state: Literal["pending", "acknowledged", "failed"] | None = None


SHEETS: dict[str, Any] = {
    "responses": {
        200: {
            "description": "OK",
            "content": {
                name.partition(";")[0]: {"schema": {"type": "string", "format": "binary"}}
                for name in (CSV, XLSX)
            },
        }
    }
}


@router.get("/column_maps", response=ListOf[ColumnMapShown])
def list_column_maps(request: ApiRequest, page: Query[ColumnMapFilters]) -> ListOf[ColumnMapShown]:
    """The company's maps, by list and name."""
    found = column_maps.list_column_maps(request.actor, page.list or "")
    return page_of(request, found, page, _shown)


@router.post("/column_maps", response={201: ColumnMapShown})
def save_column_map(request: ApiRequest, body: NewColumnMap) -> Status[ColumnMapShown]:
    """Keep a map for everybody in the company who exports this list."""
    shape = column_shapes.ColumnMapShape(
        body.name, _pairs(body.columns), body.delimiter, body.decimal_mark
    )
    row = actions.save_column_map(body.list, shape=shape, actor=request.actor, now=request.now)
    return Status(201, _tagged(request, row))


@router.get("/column_maps/columns/{list_name}", response=list[ColumnOffered])
def list_columns(request: ApiRequest, list_name: str) -> list[ColumnOffered]:
    """What a map of `orders` or `requisitions` may name: ours, then the companies' own fields."""
    found = column_maps.list_columns(request.actor, list_name)
    return [
        ColumnOffered(
            key=one.key,
            heading=str(one.heading),
            row=ROWS[one.level],
            is_closed=one.is_closed,
        )
        for one in found.values()
    ]


@router.get("/column_maps/{map_id}", response=ColumnMapShown)
def get_column_map(request: ApiRequest, map_id: str) -> ColumnMapShown:
    """One map."""
    return _tagged(request, column_maps.get_column_map(request.actor, map_id))


@router.patch("/column_maps/{map_id}", response=ColumnMapShown)
def change_column_map(request: ApiRequest, map_id: str, body: ColumnMapChange) -> ColumnMapShown:
    """Change a map; needs If-Match."""
    row = column_maps.get_column_map(request.actor, map_id)
    require_version(request, row.version)
    shape = column_shapes.ColumnMapShape(
        row.name if body.name is None else body.name,
        row.columns if body.columns is None else _pairs(body.columns),
        body.delimiter or row.delimiter,
        body.decimal_mark or row.decimal_mark,
    )
    actions.change_column_map(
        row, shape=shape, version=row.version, actor=request.actor, now=request.now
    )
    return _tagged(request, row)


@router.delete("/column_maps/{map_id}", response={204: None})
def delete_column_map(request: ApiRequest, map_id: str) -> Status[None]:
    """Forget a map."""
    row = column_maps.get_column_map(request.actor, map_id)
    require_version(request, row.version)
    actions.delete_column_map(row, actor=request.actor, now=request.now)
    return Status(204, None)


@router.get("/exports/orders.{ending}", openapi_extra=SHEETS)
def export_orders(
    request: ApiRequest, ending: str, wanted: Query[OrderExportFilters]
) -> HttpResponse:
    """The newest 5,000 orders within reach as `csv` or `xlsx`, with the columns of a map."""
    _refuse_unknown(request, wanted)
    found = list_orders(request.actor)
    if wanted.export_state:
        found = found.filter(status=EXPORT_STATES[wanted.export_state])
    if wanted.since:
        found = found.filter(placed_at__gte=wanted.since)
    found = found[:MOST_PURCHASES]
    if wanted.column_map:
        return _mapped(request, ending, ORDERS, wanted.column_map, order_rows(found))
    return _file(ending, ORDERS, order_sheet(found, reader=request.actor))


@router.get("/exports/requisitions.{ending}", openapi_extra=SHEETS)
def export_requisitions(
    request: ApiRequest, ending: str, wanted: Query[ExportFilters]
) -> HttpResponse:
    """The newest 5,000 requisitions within reach as `csv` or `xlsx`, with the columns of a map."""
    _refuse_unknown(request, wanted)
    found = list_requisitions(request.actor)
    if wanted.since:
        found = found.filter(submitted_at__gte=wanted.since)
    found = found[:MOST_PURCHASES]
    if wanted.column_map:
        rows = requisition_rows(found)
        return _mapped(request, ending, REQUISITIONS, wanted.column_map, rows)
    return _file(ending, REQUISITIONS, requisition_sheet(found, reader=request.actor))


def _refuse_unknown(request: ApiRequest, wanted: ExportFilters) -> None:
    """A filter that is ignored would export everything."""
    for name in request.GET:
        if name not in type(wanted).model_fields:
            raise InvalidInput(f"/query/{name}", "unknown", _("This list has no such filter."))


def _mapped(
    request: ApiRequest, ending: str, list_name: str, map_id: str, rows: Any
) -> HttpResponse:
    chosen = column_maps.get_column_map(request.actor, map_id, list_name)
    cells = mapped_rows(rows, chosen, reader=request.actor)
    if _is_sheet(ending):
        return _answer(mapped_xlsx(cells, chosen), ending, list_name)
    return _answer(mapped_csv(cells, chosen), ending, list_name)


def _file(ending: str, list_name: str, rows: Any) -> HttpResponse:
    if _is_sheet(ending):
        return _answer(sheet_of(rows, list_name), ending, list_name)
    return _answer("".join(csv_lines(rows)).encode(), ending, list_name)


def _is_sheet(ending: str) -> bool:
    if ending not in ("csv", "xlsx"):
        raise NotFound(_("There is no such document."))
    return ending == "xlsx"


def _answer(content: bytes, ending: str, list_name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=XLSX if ending == "xlsx" else CSV)
    answer["Content-Disposition"] = f'attachment; filename="{list_name}.{ending}"'
    return answer


def _pairs(columns: Sequence[ColumnChosen]) -> list[tuple[str, str]]:
    return [(one.key, one.heading) for one in columns]


def _shown(rows: Sequence[models.ColumnMap]) -> list[ColumnMapShown]:
    return [
        ColumnMapShown(
            **frame(row),
            list=row.list_name,
            name=row.name,
            columns=[ColumnChosen(key=key, heading=heading) for key, heading in row.columns],
            delimiter=row.delimiter,
            decimal_mark=row.decimal_mark,
            changed_at=row.changed_at,
        )
        for row in rows
    ]


def _tagged(request: ApiRequest, row: models.ColumnMap) -> ColumnMapShown:
    tag(request, row.version)
    return _shown([row])[0]
