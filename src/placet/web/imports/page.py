"""An import in words: how far it is, what became of its rows, what can be done next."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.imports.kinds import KINDS
from placet.imports.kinds.kind import Kind
from placet.imports.models import ImportFile
from placet.imports.queries import STATES, find_undo
from placet.imports.rows import FIRST_ROW
from placet.runs.models import Run
from placet.runs.queries import Bar, count_progress

OPEN: Final = (Run.Status.WAITING, Run.Status.RUNNING)
PAGE_SIZE: Final = 50
DID: Final[dict[str, str | Promise]] = {
    "added": gettext_lazy("new"),
    "changed": gettext_lazy("changed"),
    "unchanged": gettext_lazy("as it was"),
}
ICONS: Final = {
    "members": "users",
    "units": "network",
    "addresses": "map-pin",
    "cost_centers": "receipt",
    "budgets": "gauge",
    "part_numbers": "hash",
    "products": "package",
    "prices": "tag",
    "stock": "warehouse",
    "promotions": "percent",
    "costs": "coins",
    "categories": "folder-tree",
}
COLORS: Final = {"ok": "approved", "warning": "warn", "error": "blocked"}


class ShownRow(NamedTuple):
    """One row of the report."""

    number: int
    name: str
    state: str
    label: str
    messages: list[tuple[str, str]]


class ShownImport(NamedTuple):
    """An import for its page."""

    run: Run
    kind: Kind
    file: str
    bar: Bar
    is_open: bool
    is_dry_run: bool
    is_written: bool
    result: dict[str, Any]
    problem: str
    undo: Run | None
    is_undone: bool

    @property
    def may_write(self) -> bool:
        """Whether a trial went well and its rows change anything."""
        done = self.run.status == Run.Status.DONE and self.is_dry_run
        found = self.result
        return done and not found["errors"] and bool(found["added"] or found["changed"])

    @property
    def may_undo(self) -> bool:
        """Whether the import wrote something that was not taken back, nor is being."""
        is_under_way = self.undo is not None and self.undo.status in OPEN
        wrote = bool(self.result.get("added") or self.result.get("changed"))
        return self.is_written and wrote and not self.is_undone and not is_under_way


def show_import(run: Run) -> ShownImport:
    """One import; a query for its undo."""
    undo = find_undo(run)
    result = run.result or {}
    is_busy = run.status in OPEN or (undo is not None and undo.status in OPEN)
    shown = undo if undo is not None and undo.status in OPEN else run
    return ShownImport(
        run=run,
        kind=KINDS[run.parameters["kind"]],
        file=run.parameters["file"],
        bar=count_progress(shown),
        is_open=is_busy,
        is_dry_run=run.parameters["dry_run"],
        is_written=bool(result.get("is_written")),
        result=result,
        problem=_(run.error) if run.error else "",
        undo=undo,
        is_undone=undo is not None and bool((undo.result or {}).get("is_undone")),
    )


def list_shown_rows(
    run: Run, file: ImportFile | None, kind: Kind, state: str, after: int
) -> tuple[list[ShownRow], int]:
    """A page of the report behind a position, and where the next one begins (0 at the end)."""
    rows = run.rows.filter(position__gt=after).order_by("position")
    if state in STATES:
        rows = rows.filter(content__status=state)
    found = list(rows[: PAGE_SIZE + 1])
    following = found[PAGE_SIZE - 1].position if len(found) > PAGE_SIZE else 0
    labels = {column.key: str(column.label) for column in kind.columns}
    return [_row(one.content, run, file, labels) for one in found[:PAGE_SIZE]], following


def _row(
    content: dict[str, Any], run: Run, file: ImportFile | None, labels: dict[str, str]
) -> ShownRow:
    return ShownRow(
        number=content["row"],
        name=_name(content["row"], run, file),
        state=COLORS[content["status"]],
        label=str(DID.get(content["did"], _("refused"))),
        messages=[(labels.get(one["column"], ""), one["detail"]) for one in content["messages"]],
    )


def _name(number: int, run: Run, file: ImportFile | None) -> str:
    """What to know a row by: its name, or its first cells."""
    if file is None:
        return ""
    columns = run.parameters.get("columns", {})
    cells = file.rows[number - FIRST_ROW]
    wanted = [columns[key] for key in ("code", "name", "email") if key in columns]
    return " · ".join(cells[place] for place in wanted[:2] if cells[place])
