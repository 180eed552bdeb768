"""The run of an import: every row is tried in slices, and then all are written, or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from django.utils import translation
from django.utils.translation import gettext as _

from placet.core.actor import Actor
from placet.core.errors import Conflict
from placet.core.transaction import transaction
from placet.events.record import record
from placet.imports.acting import get_actor_of_run
from placet.imports.ground import Ground
from placet.imports.kinds import get_kind
from placet.imports.models import ImportFile
from placet.imports.rows import (
    Entry,
    Sequenced,
    Tried,
    as_json,
    read_rows,
    try_rows,
    write_rows,
)
from placet.runs.models import Run, RunRow
from placet.runs.work import ROWS_AT_ONCE, Outcome, Progress

KIND: Final = "import"
SLICE: Final = 200


class Overtaken(Conflict):
    """Something changed between trying the rows and writing them; nothing was imported."""

    code = "overtaken"


class Job(NamedTuple):
    """What a run is to import, and as whom."""

    run: Run
    file: ImportFile
    sequenced: Sequenced
    actor: Actor

    def ground(self) -> Ground:
        """The company as rows find it, read anew."""
        assert self.run.started_at is not None
        return Ground(self.actor, self.run.started_at)


def run_import(run: Run, progress: Progress) -> Outcome:
    """Try all rows, and write them unless one is refused or it is a dry run.

    Slices are tried by the real actions in transactions that are taken back, so that nobody waits
    long and the run can be cancelled; all rows are written in the transaction that ends the run.
    """
    job = _job(run)
    with translation.override(job.actor.language):
        entries = _tried(job, progress)
    result = summed(job, entries)
    if run.parameters["dry_run"] or result["errors"]:
        return Outcome(result, rows_of(entries))
    return Outcome(result | {"is_written": True}, (), lambda: _write(job))


def _job(run: Run) -> Job:
    assert run.started_at is not None
    file = ImportFile.objects.get(pk=run.subject)
    rows = read_rows(run.parameters["columns"], file.rows)
    actor = get_actor_of_run(run, now=run.started_at)
    return Job(run, file, Sequenced(get_kind(file.kind), rows), actor)


def _tried(job: Job, progress: Progress) -> list[Entry]:
    entries: list[Entry] = []
    total = len(job.sequenced.rows)
    progress(0, total)
    for rows, numbers in job.sequenced.slices(SLICE):
        try:
            try_rows(job.sequenced, rows, job.ground())
        except Tried as tried:
            entries += [one for one in tried.entries if one.row.number in numbers]
        progress(len(entries), total)
    return entries


@transaction
def _write(job: Job) -> None:
    """Write all rows with the rights of now; raises ``Overtaken`` when one is refused after all."""
    now = job.run.started_at
    assert now is not None
    job = job._replace(actor=get_actor_of_run(job.run, now=now))
    with translation.override(job.actor.language):
        entries = write_rows(job.sequenced, job.sequenced.rows, job.ground())
        refused = next((one for one in entries if one.made is None), None)
        if refused is not None:
            raise Overtaken(
                _("Nothing was imported: row %(row)d cannot be any more. %(why)s")
                % {"row": refused.row.number, "why": refused.refusal}
            )
    keep_rows(job.run, rows_of(entries))
    result = summed(job, entries)
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


def summed(job: Job, entries: Sequence[Entry]) -> dict[str, Any]:
    """The result of a run: how many rows did what."""
    did = Counter(one.made.did for one in entries if one.made is not None)
    status = Counter(one.status for one in entries)
    return {
        "kind": job.file.kind,
        "dry_run": bool(job.run.parameters["dry_run"]),
        "is_written": False,
        "rows": len(entries),
        "added": did["added"],
        "changed": did["changed"],
        "unchanged": did["unchanged"],
        "warnings": status["warning"],
        "errors": status["error"],
    }


def rows_of(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """The report in the order of the file."""
    found = [as_json(entry, place) for place, entry in enumerate(entries)]
    return sorted(found, key=lambda one: int(one["row"]))


def keep_rows(run: Run, rows: Sequence[dict[str, Any]]) -> None:
    """Store a report that was made in the transaction that ends the run."""
    kept = [RunRow(run=run, position=at, content=row) for at, row in enumerate(rows, start=1)]
    RunRow.objects.bulk_create(kept, batch_size=ROWS_AT_ONCE)
