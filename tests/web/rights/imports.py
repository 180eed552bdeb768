"""Imports of Ines: a file, a trial, one that wrote, one that waits."""

from __future__ import annotations

from placet.imports.actions import keep_import_file, start_import
from placet.imports.kinds import get_kind
from placet.imports.reading import read_csv
from placet.jobs.timetable import RUNNERS
from placet.runs.models import Run
from placet.runs.work import work_run
from tests.cast import Cast

KIND = "cost_centers"


def import_things(cast: Cast) -> dict[str, str]:
    """Ids by the names that routes use."""
    tried = _import(cast, "7100", is_dry_run=True)
    written = _import(cast, "7200", is_dry_run=False)
    return {
        "import_new.kind": KIND,
        "import_template.kind": KIND,
        "export.kind": KIND,
        "file_id": tried.subject,
        "get_export.kind": KIND,
        "import_id": tried.pk,
        "reverse_import.import_id": written.pk,
        "import_run.run_id": tried.pk,
        "import_write.run_id": tried.pk,
        "import_refused.run_id": tried.pk,
        "import_undo.run_id": written.pk,
    }


def waiting_import(cast: Cast) -> dict[str, str]:
    """One that no worker has taken up; made when no other run is worked on any more."""
    waiting = _import(cast, "7300", is_dry_run=False, is_worked=False)
    return {"import_cancel.run_id": waiting.pk}


def _import(cast: Cast, code: str, *, is_dry_run: bool, is_worked: bool = True) -> Run:
    file = keep_import_file(
        read_csv(f"code,name\n{code},Radiology"),
        kind=get_kind(KIND),
        name="centres.csv",
        actor=cast.ines,
        now=cast.now,
    )
    columns = {"code": 0, "name": 1}
    run = start_import(file, columns=columns, is_dry_run=is_dry_run, actor=cast.ines, now=cast.now)
    if is_worked:
        work_run(RUNNERS, now=cast.now, read_real=lambda: cast.now)
    return run
