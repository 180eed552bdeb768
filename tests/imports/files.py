"""Files for the stories of imports, and a worker that works at once."""

from __future__ import annotations

from typing import Any

from placet.core.actor import Actor
from placet.imports.actions import keep_import_file, start_import, start_undo
from placet.imports.columns import guess_columns
from placet.imports.exporting import export_table
from placet.imports.kinds import get_kind
from placet.imports.reading import read_csv, read_table
from placet.jobs.timetable import RUNNERS
from placet.runs.models import Run
from placet.runs.work import work_run
from tests.cast import NOW


def work(run: Run) -> Run:
    """Let a worker end a run."""
    while work_run(RUNNERS, now=NOW, read_real=lambda: NOW):
        pass
    run.refresh_from_db()
    return run


def import_csv(kind: str, text: str, actor: Actor, *, is_dry_run: bool = False) -> Run:
    """Import a text of CSV, its columns found by their headers."""
    return import_rows(kind, read_csv(text), actor, is_dry_run)


def import_rows(kind: str, table: Any, actor: Actor, is_dry_run: bool = False) -> Run:
    """Import a table."""
    here = get_kind(kind)
    file = keep_import_file(table, kind=here, name="rows.csv", actor=actor, now=NOW)
    columns = guess_columns(here.columns, file.header)
    return work(start_import(file, columns=columns, is_dry_run=is_dry_run, actor=actor, now=NOW))


def import_again(kind: str, actor: Actor) -> Run:
    """Import what is exported."""
    exported = list(export_table(get_kind(kind), actor=actor, now=NOW))
    return import_rows(kind, read_table(exported), actor)


def undo(imported: Run, actor: Actor) -> Run:
    """Take an import back."""
    return work(start_undo(imported, actor=actor, now=NOW))


def report(run: Run) -> list[tuple[int, str, str]]:
    """Number, state and first message of each row."""
    return [
        (row["row"], row["status"], row["messages"][0]["detail"] if row["messages"] else "")
        for row in run.rows.order_by("position").values_list("content", flat=True)
    ]


def did(run: Run) -> tuple[int, int, int, int]:
    """How many were added, changed, left, refused."""
    assert run.status == "done", run.error
    return tuple(run.result[name] for name in ("added", "changed", "unchanged", "errors"))
