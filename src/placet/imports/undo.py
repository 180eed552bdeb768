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
from placet.imports.kinds.kind import Kind, Made, Result
from placet.imports.rows import Entry, Row, Tried, refused_entry
from placet.imports.work import READ_AT_ONCE, Overtaken, keep_rows
from placet.runs.models import Run
from placet.runs.work import Outcome, Progress

KIND: Final = "import_undo"
MOST_REFUSED: Final = 1_000
"""So many rows that prevent it are named; more would help nobody."""
Undone = list[tuple[Row, Made]]


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
        refused = _refused(kind, made, run, actor, progress)
    result = {"kind": kind.key, "rows": len(made), "errors": len(refused)}
    if refused:
        keep_rows(run, refused[:MOST_REFUSED])
        return Outcome(result | {"is_undone": False})
    return Outcome(result | {"is_undone": True}, (), lambda: _write(kind, made, run))


def _actor(run: Run) -> Actor:
    assert run.started_at is not None
    return get_actor_of_run(run, now=run.started_at)


def _made(imported: Run) -> Undone:
    """What rows did, the last first; those that changed nothing are left out."""
    rows = imported.rows.filter(content__did__in=("added", "changed"))
    contents = rows.order_by("position").values_list("content", flat=True)
    found = [
        (int(one["place"]), (Row(one["row"], {"name": one.get("name", "")}), _read(one)))
        for one in contents.iterator(chunk_size=READ_AT_ONCE)
    ]
    found.sort(key=lambda one: -one[0])
    return [one for _place, one in found]


def _read(content: dict[str, Any]) -> Made:
    return Made(content["did"], content["id"], content["version"], content["before"])


def _refused(kind: Kind, made: Undone, run: Run, actor: Actor, progress: Progress) -> list[Entry]:
    """What prevents it: looked up in slices, or tried and taken back where a kind goes by rows."""
    if kind.check_many_back is None:
        try:
            _try(kind, made, run, actor)
        except Tried as tried:
            progress(len(made), len(made))
            return [one for one in tried.entries if one.made is None]
    ground, refused = _ground(made, run, actor), list[Entry]()
    assert kind.check_many_back is not None
    for start in range(0, len(made), kind.slice_size):
        part = made[start : start + kind.slice_size]
        results = kind.check_many_back([one for _row, one in part], ground)
        refused += [one for one in _entries(kind, part, results) if one.made is None]
        progress(start + len(part), len(made))
    return refused


def _ground(made: Undone, run: Run, actor: Actor) -> Ground:
    assert run.started_at is not None
    ground = Ground(actor, run.started_at)
    ground.ids = frozenset(one.id for _row, one in made)
    return ground


@transaction
def _try(kind: Kind, made: Undone, run: Run, actor: Actor) -> None:
    raise Tried(_taken_back(kind, made, run, actor))


@transaction
def _write(kind: Kind, made: Undone, run: Run) -> None:
    assert run.started_at is not None
    actor = _actor(run)
    with translation.override(actor.language):
        entries = _taken_back(kind, made, run, actor)
        for one in entries:
            if one.made is None:
                raise Overtaken(one.refusal)
    record(
        "import.undone",
        run.subject,
        actor=actor,
        now=run.started_at,
        kind=kind.key,
        rows=len(made),
    )


def _taken_back(kind: Kind, made: Undone, run: Run, actor: Actor) -> list[Entry]:
    ground = _ground(made, run, actor)
    if kind.take_many_back is not None:
        return _entries(kind, made, kind.take_many_back([one for _row, one in made], ground))
    entries = []
    for row, one in made:
        try:
            kind.take_back(one, ground)
            entries.append(Entry(row, one))
        except PlacetError as error:
            entries.append(refused_entry(kind, row, error))
    kind.finish(ground)
    return entries


def _entries(kind: Kind, made: Undone, results: list[Result]) -> list[Entry]:
    return [
        refused_entry(kind, row, result) if isinstance(result, PlacetError) else Entry(row, result)
        for (row, _one), result in zip(made, results, strict=True)
    ]
