"""Documents about imports and exports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, cast

from django.utils.translation import gettext as _

from placet.api.schemas.base import Answer, Resourceful, frame
from placet.imports.queries import find_undo
from placet.runs import models
from placet.runs.queries import count_progress

Status = Literal["waiting", "running", "done", "failed", "cancelled"]
KindName = Literal[
    "members",
    "units",
    "addresses",
    "cost_centers",
    "budgets",
    "part_numbers",
    "products",
    "prices",
    "stock",
    "promotions",
    "costs",
    "categories",
]


class ImportCounts(Answer):
    """How many rows did what; `errors` are the refused ones."""

    rows: int
    added: int
    changed: int
    unchanged: int
    warnings: int
    errors: int


class ImportDifference(Answer):
    """How many rows change a column, and from what to what in the first ones."""

    column: str
    rows: int
    samples: list[ImportSample]


class ImportSample(Answer):
    """A row that changes a column: its number, what it is about, both cells."""

    row: int
    name: str
    before: str
    after: str


class ImportRefusal(Answer):
    """Why rows were refused, and how many; `column` may be empty."""

    column: str
    detail: str
    rows: int


class Reversal(Answer):
    """The last try to take an import back: `is_undone`, or `problems` that prevent it."""

    run: str
    status: Status
    is_undone: bool
    error: str
    problems: list[ImportRow]


class Import(Resourceful):
    """An import or a trial: poll it until `status` is done, failed or cancelled."""

    object: Literal["import"] = "import"
    kind: KindName
    dry_run: bool
    status: Status
    done: int
    total: int
    error: str
    is_written: bool
    counts: ImportCounts | None
    differences: list[ImportDifference]
    refusals: list[ImportRefusal]
    reversal: Reversal | None


class ImportMessage(Answer):
    """Why a row was refused or what is to be known about it; `column` may be empty."""

    column: str
    detail: str


class ImportChange(Answer):
    """What one column was and is, as an export says it."""

    column: str
    before: str
    after: str


class ImportRow(Answer):
    """What became of a row; the header is row 1. `thing` is the id of what it is about."""

    object: Literal["import_row"] = "import_row"
    row: int
    name: str
    status: Literal["ok", "warning", "error"]
    did: Literal["added", "changed", "unchanged", ""]
    thing: str
    changes: list[ImportChange]
    messages: list[ImportMessage]


class Export(Answer):
    """What is there now; posting its rows as an import changes nothing."""

    object: Literal["export"] = "export"
    kind: KindName
    columns: list[str]
    rows: list[dict[str, str]]


def show_imports(runs: Sequence[models.Run]) -> list[Import]:
    """Imports without their reversals."""
    return [_import(run, None) for run in runs]


def show_import(run: models.Run) -> Import:
    """One import, with its reversal when there is one."""
    undo = find_undo(run)
    return _import(run, _reversal(undo) if undo is not None else None)


def show_import_rows(contents: Sequence[Any]) -> list[ImportRow]:
    """Rows of a report; the id of what was made is known once it was written."""
    return [
        ImportRow(
            row=one["row"],
            name=one.get("name", ""),
            status=one["status"],
            did=one["did"],
            thing=one["id"],
            changes=[
                ImportChange(column=column, before=was, after=now)
                for column, was, now in one.get("changes", ())
            ],
            messages=[
                ImportMessage(column=said["column"], detail=said["detail"])
                for said in one["messages"]
            ],
        )
        for one in contents
    ]


def _import(run: models.Run, reversal: Reversal | None) -> Import:
    bar, result = count_progress(run), run.result or {}
    names = ImportCounts.model_fields
    counts = ImportCounts(**{name: result[name] for name in names}) if result else None
    return Import(
        **frame(run),
        kind=run.parameters["kind"],
        dry_run=run.parameters["dry_run"],
        status=cast(Status, run.status),
        done=bar.done,
        total=bar.total,
        error=_(run.error) if run.error else "",
        is_written=bool(result.get("is_written")),
        counts=counts,
        differences=[
            ImportDifference(
                column=one["column"],
                rows=one["rows"],
                samples=[
                    ImportSample(row=row, name=name, before=was, after=now)
                    for row, name, was, now in one["samples"]
                ],
            )
            for one in result.get("fields", ())
        ],
        refusals=[ImportRefusal(**one) for one in result.get("refusals", ())],
        reversal=reversal,
    )


def _reversal(undo: models.Run) -> Reversal:
    is_undone = bool((undo.result or {}).get("is_undone"))
    rows = undo.rows.order_by("position").values_list("content", flat=True)[:100]
    return Reversal(
        run=undo.pk,
        status=cast(Status, undo.status),
        is_undone=is_undone,
        error=_(undo.error) if undo.error else "",
        problems=[] if is_undone else show_import_rows(list(rows)),
    )


Reversal.model_rebuild()
ImportDifference.model_rebuild()
