"""The run of an import: every row is tried in slices, and then all are written, or none.

What became of the rows of a slice is kept before the next one begins: where a worker is killed, the
next one goes on from there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

from django.utils import translation
from django.utils.translation import gettext as _

from placet.core.actor import Actor
from placet.core.errors import Conflict
from placet.core.transaction import transaction
from placet.events.record import record
from placet.imports.acting import get_actor_of_run
from placet.imports.ground import Ground
from placet.imports.kept_rows import rows_of_file
from placet.imports.kinds import get_kind
from placet.imports.models import ImportFile
from placet.imports.rows import (
    Entry,
    Sequenced,
    Tried,
    as_json,
    read_rows,
    try_rows,
    write_all_rows,
)
from placet.imports.tally import Tally
from placet.runs.models import Run, RunRow
from placet.runs.work import ROWS_AT_ONCE, Outcome, Progress

KIND: Final = "import"
READ_AT_ONCE: Final = 2_000


class Overtaken(Conflict):
    """Something changed between trying the rows and writing them; nothing was imported."""

    code = "overtaken"


class Job(NamedTuple):
    """What a run is to import, and as whom."""

    run: Run
    file: ImportFile
    sequenced: Sequenced
    actor: Actor
    skus: frozenset[str]

    def ground(self) -> Ground:
        """The company as rows find it, read anew."""
        assert self.run.started_at is not None
        ground = Ground(self.actor, self.run.started_at)
        ground.skus = self.skus
        return ground


def run_import(run: Run, progress: Progress) -> Outcome:
    """Try all rows, and write them unless one is refused or it is a dry run.

    Slices are tried by the real actions in transactions that are taken back, so that nobody waits
    long and the run can be cancelled; all rows are written in the transaction that ends the run.
    """
    job = _job(run)
    with translation.override(job.actor.language):
        _try(job, progress)
    result = _result(job, _tallied(run))
    if run.parameters["dry_run"] or result["errors"]:
        return Outcome(result)
    return Outcome(result | {"is_written": True}, (), lambda: _write(job))


def _job(run: Run) -> Job:
    assert run.started_at is not None
    file = ImportFile.objects.get(pk=run.subject)
    rows = read_rows(run.parameters["columns"], rows_of_file(file))
    actor = get_actor_of_run(run, now=run.started_at)
    skus = frozenset(row.cells.get("sku", "") for row in rows)
    return Job(run, file, Sequenced(get_kind(file.kind), rows), actor, skus)


def _try(job: Job, progress: Progress) -> None:
    """Try the slices that no worker before has tried."""
    total, said = len(job.sequenced.rows), set[str]()
    tried = set(job.run.rows.values_list("position", flat=True))
    progress(len(tried), total)
    for rows, numbers in job.sequenced.slices(job.sequenced.kind.slice_size):
        if numbers <= tried:
            continue
        ground = job.ground()
        ground.said = said
        try:
            try_rows(job.sequenced, rows, ground)
        except Tried as found:
            entries = [one for one in found.entries if one.row.number in numbers]
        tried |= numbers
        progress(len(tried), total)
        keep_rows(job.run, entries, is_kept=False)


@transaction
def _write(job: Job) -> None:
    """Write all rows with the rights of now; raises ``Overtaken`` when one is refused after all."""
    now = job.run.started_at
    assert now is not None
    job = job._replace(actor=get_actor_of_run(job.run, now=now))
    tally = Tally()
    job.run.rows.all().delete()

    def keep(entries: list[Entry]) -> None:
        refused = next((one for one in entries if one.made is None), None)
        if refused is not None:
            raise Overtaken(
                _("Nothing was imported: row %(row)d cannot be any more. %(why)s")
                % {"row": refused.row.number, "why": refused.refusal}
            )
        for one in keep_rows(job.run, entries, place=tally.rows):
            tally.add(one)

    with translation.override(job.actor.language):
        write_all_rows(job.sequenced, job.ground(), keep)
    result = _result(job, tally)
    Run.objects.filter(pk=job.run.pk).update(result=result | {"is_written": True})
    record(
        "import.written",
        job.run.pk,
        actor=job.actor,
        now=now,
        kind=job.file.kind,
        added=result["added"],
        changed=result["changed"],
        private={"file": job.file.name},
    )


def _tallied(run: Run) -> Tally:
    tally = Tally()
    contents = run.rows.order_by("position").values_list("content", flat=True)
    for content in contents.iterator(chunk_size=READ_AT_ONCE):
        tally.add(content)
    return tally


def _result(job: Job, tally: Tally) -> dict[str, Any]:
    """The result of a run: how many rows did what, and what differs."""
    return {
        "kind": job.file.kind,
        "dry_run": bool(job.run.parameters["dry_run"]),
        "is_written": False,
        **tally.result(),
    }


def keep_rows(
    run: Run, entries: Sequence[Entry], *, place: int = 0, is_kept: bool = True
) -> list[dict[str, Any]]:
    """Store what became of these rows, each under its number in the file; returns it as stored."""
    contents = [
        as_json(entry, at, is_kept=is_kept) for at, entry in enumerate(entries, start=place)
    ]
    _store(run, contents)
    return contents


def _store(run: Run, contents: Iterable[dict[str, Any]]) -> None:
    """A slice that two workers tried, one of them taken for dead, is kept once."""
    rows = [RunRow(run=run, position=one["row"], content=one) for one in contents]
    RunRow.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE, ignore_conflicts=True)
