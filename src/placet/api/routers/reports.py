"""Reports: the sums that the pages show, for the programs of both sides."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from ninja import Query, Router, Schema
from pydantic import Field

from placet.api.call import ApiRequest
from placet.api.schemas.base import Answer, ListOf
from placet.reports import values
from placet.reports.reading import list_kinds, read_report

router = Router(tags=["reports"])
Period = Literal[
    "month", "last_month", "quarter", "last_quarter", "year", "last_year",
    "days_30", "days_90", "days_365", "days",
]  # fmt: skip
Day = Annotated[date, Field(ge=date(2000, 1, 1), lt=date(2200, 1, 1))]


class ReportColumn(Answer):
    """A measure: `hours` run by the clock, a `share` is a part of one, `money` is minor units."""

    key: str
    label: str
    measure: Literal["count", "money", "hours", "share", "ratio"]


class ReportKind(Answer):
    """A report that the caller may read, with what it can be grouped by."""

    object: Literal["report_kind"] = "report_kind"
    key: str
    title: str
    groupings: list[str]
    columns: list[ReportColumn]


class ReportCell(Answer):
    """A value in these days and in the days before; null where there is none."""

    column: str
    value: int | float | None
    before: int | float | None


class ReportRow(Answer):
    """A group: ``key`` is an id, a path, a code, or the first day of a stretch of time."""

    key: str
    label: str
    cells: list[ReportCell]


class ReportDays(Answer):
    """Days of the company's calendar, both ends included."""

    from_on: date
    to_on: date


class Report(Answer):
    """Sums in one currency, by one grouping, beside those of the days before."""

    object: Literal["report"] = "report"
    kind: str
    by: str
    period: str
    days: ReportDays
    days_before: ReportDays
    currency: str
    currencies: list[str]
    columns: list[ReportColumn]
    rows: list[ReportRow]
    total: ReportRow
    is_cut: bool


class ReportWish(Schema):
    """Which days, by what, in which currency; unknown groupings and currencies mean the usual."""

    by: Annotated[str, Field(max_length=20)] = ""
    period: Period = "days_90"
    from_on: Annotated[Day | None, Field(description="the first day, for `period=days`")] = None
    to_on: Annotated[Day | None, Field(description="the last day, for `period=days`")] = None
    currency: Annotated[str, Field(max_length=3)] = ""


@router.get("/reports", response=ListOf[ReportKind])
def list_reports(request: ApiRequest) -> ListOf[ReportKind]:
    """The reports that the caller may read."""
    return ListOf(
        data=[
            ReportKind(
                key=kind.key,
                title=str(kind.title),
                groupings=[one.key for one in kind.groupings],
                columns=_columns(kind),
            )
            for kind in list_kinds(request.actor)
        ],
        has_more=False,
        next_cursor=None,
    )


@router.get("/reports/{kind}", response=Report)
def get_report(request: ApiRequest, kind: str, wish: Query[ReportWish]) -> Report:
    """One report; at most 500 rows, and `is_cut` says when there are more."""
    read = read_report(
        request.actor,
        kind,
        now=request.now,
        by=wish.by,
        period=wish.period,
        from_on=wish.from_on,
        to_on=wish.to_on,
        currency=wish.currency,
    )
    span = read.span
    return Report(
        kind=read.kind.key,
        by=read.grouping.key,
        period=span.period,
        days=ReportDays(from_on=span.days.starts_on, to_on=span.days.last_on),
        days_before=ReportDays(from_on=span.before.starts_on, to_on=span.before.last_on),
        currency=read.currency,
        currencies=list(read.currencies),
        columns=_columns(read.kind),
        rows=[_row(row) for row in read.rows],
        total=_row(read.total),
        is_cut=read.is_cut,
    )


def _columns(kind: values.Kind) -> list[ReportColumn]:
    return [
        ReportColumn(key=one.key, label=str(one.label), measure=one.measure) for one in kind.columns
    ]


def _row(row: values.Row) -> ReportRow:
    return ReportRow(
        key=row.key,
        label=row.label,
        cells=[
            ReportCell(column=cell.column.key, value=cell.value, before=cell.before)
            for cell in row.cells
        ],
    )
