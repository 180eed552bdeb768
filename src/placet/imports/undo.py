"""Taking an import back: everything that it made and changed, or nothing."""

from __future__ import annotations

from typing import Any, Final

from django.utils import translation

from placet.core.actor import Actor
from placet.core.errors import PlacetError
from placet.core.transaction import transaction
from placet.events.record import record
from placet.imports.acting import get_actor_of_run
from placet.imports.ground import Ground
from placet.imports.kinds import get_kind
from placet.imports.kinds.kind import Kind, Made
from placet.imports.rows import Entry, Row, Tried, refused_entry
from placet.imports.work import Overtaken, keep_rows, rows_of
from placet.runs.models import Run
from placet.runs.work import Outcome, Progress

KIND: Final = "import_undo"


def run_undo(run: Run, progress: Progress) -> Outcome:
    """Take the import of ``run.subject`` back, the last row first, through the same actions.

    Where something was changed since or is used by now, nothing is taken back, and the report
    says what prevents it.
    """
    imported = Run.objects.get(pk=run.subject)
    kind = get_kind(imported.parameters["kind"])
    made = _made(imported)
    progress(0, len(made))
    actor = _actor(run)
    with translation.override(actor.language):
        try:
            _try(kind, made, run, actor)
        except Tried as tried:
            refused = [one for one in tried.entries if one.made is None]
    result = {"kind": kind.key, "rows": len(made), "errors": len(refused)}
    progress(len(made), len(made))
    if refused:
        return Outcome(result | {"is_undone": False}, rows_of(refused))
    return Outcome(result | {"is_undone": True}, (), lambda: _write(kind, made, run))


def _actor(run: Run) -> Actor:
    assert run.started_at is not None
    return get_actor_of_run(run, now=run.started_at)


def _made(imported: Run) -> list[tuple[Row, Made]]:
    """What rows did, the last first; those that changed nothing are left out."""
    found = list(imported.rows.values_list("content", flat=True))
    found.sort(key=lambda one: -int(one["place"]))
    return [
        (Row(one["row"], {}), _read(one)) for one in found if one["did"] in ("added", "changed")
    ]


def _read(content: dict[str, Any]) -> Made:
    return Made(content["did"], content["id"], content["version"], content["before"])


@transaction
def _try(kind: Kind, made: list[tuple[Row, Made]], run: Run, actor: Actor) -> None:
    raise Tried(_taken_back(kind, made, run, actor))


@transaction
def _write(kind: Kind, made: list[tuple[Row, Made]], run: Run) -> None:
    assert run.started_at is not None
    actor = _actor(run)
    with translation.override(actor.language):
        entries = _taken_back(kind, made, run, actor)
        for one in entries:
            if one.made is None:
                raise Overtaken(one.refusal)
    keep_rows(run, rows_of(entries))
    record(
        "import.undone",
        run.subject,
        actor=actor,
        now=run.started_at,
        kind=kind.key,
        rows=len(made),
    )


def _taken_back(kind: Kind, made: list[tuple[Row, Made]], run: Run, actor: Actor) -> list[Entry]:
    assert run.started_at is not None
    ground = Ground(actor, run.started_at)
    if kind.take_many_back is not None:
        results = kind.take_many_back([one for _row, one in made], ground)
        return [
            refused_entry(kind, row, result)
            if isinstance(result, PlacetError)
            else Entry(row, result)
            for (row, _one), result in zip(made, results, strict=True)
        ]
    entries = []
    for row, one in made:
        try:
            kind.take_back(one, ground)
            entries.append(Entry(row, one))
        except PlacetError as error:
            entries.append(refused_entry(kind, row, error))
    kind.finish(ground)
    return entries
