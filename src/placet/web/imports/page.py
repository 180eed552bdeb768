"""An import in words: how far it is, what became of its rows, what can be done next."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.imports.kinds import KINDS
from placet.imports.kinds.kind import Kind
from placet.imports.queries import find_undo, list_rows_in
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
    changes: list[tuple[str, str, str]]


class Difference(NamedTuple):
    """What an import does to one column: name, was and will be of the first rows."""

    column: str
    rows: int
    samples: list[tuple[str, str, str]]


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
    def is_writing(self) -> bool:
        """Whether every row was tried and the import writes them now, in one go."""
        is_running = self.run.status == Run.Status.RUNNING and not self.is_dry_run
        return is_running and 0 < self.bar.total == self.bar.done

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


def list_shown_rows(run: Run, kind: Kind, state: str, after: int) -> tuple[list[ShownRow], int]:
    """A page of the report behind a position, and where the next one begins (0 at the end)."""
    rows = list_rows_in(run, state).filter(position__gt=after).order_by("position")
    found = list(rows[: PAGE_SIZE + 1])
    following = found[PAGE_SIZE - 1].position if len(found) > PAGE_SIZE else 0
    labels = labels_of(kind)
    return [_row(one.content, labels) for one in found[:PAGE_SIZE]], following


def labels_of(kind: Kind) -> dict[str, str]:
    """What people call the columns of a kind."""
    return {column.key: str(column.label) for column in kind.columns}


def list_differences(shown: ShownImport) -> list[Difference]:
    """Each column that changes with how often, and from what to what in the first rows."""
    labels = labels_of(shown.kind)
    return [
        Difference(
            labels.get(one["column"], one["column"]),
            one["rows"],
            [(name or _("Row %(n)d") % {"n": row}, was, now) for row, name, was, now in samples],
        )
        for one in shown.result.get("fields", ())
        if (samples := one["samples"])
    ]


def list_refusals(shown: ShownImport) -> list[tuple[str, str, int]]:
    """Why rows are refused, the commonest reason first: column, sentence and how many rows."""
    labels = labels_of(shown.kind)
    return [
        (labels.get(one["column"], ""), one["detail"], one["rows"])
        for one in shown.result.get("refusals", ())
    ]


def _row(content: dict[str, Any], labels: dict[str, str]) -> ShownRow:
    return ShownRow(
        number=content["row"],
        name=content.get("name", ""),
        state=COLORS[content["status"]],
        label=str(DID.get(content["did"], _("refused"))),
        messages=[(labels.get(one["column"], ""), one["detail"]) for one in content["messages"]],
        changes=[
            (labels.get(column, column), was, now)
            for column, was, now in content.get("changes", ())
        ],
    )
