"""Sending a file, starting its import or a dry run of it, and taking an import back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import Conflict
from placet.core.transaction import transaction
from placet.events.record import record
from placet.imports import undo, work
from placet.imports.acting import rights_of
from placet.imports.columns import checked_columns
from placet.imports.kept_rows import keep_rows_of_file
from placet.imports.kinds import get_kind
from placet.imports.kinds.kind import Kind
from placet.imports.models import ImportFile
from placet.imports.permissions import can_import
from placet.imports.queries import find_undo, get_import, get_import_file
from placet.imports.reading import Table
from placet.runs.actions import start_run
from placet.runs.models import Run

LONGEST_NAME: Final = 120


class NothingToUndo(Conflict):
    """The import wrote nothing, or was taken back already."""

    code = "nothing_to_undo"


@transaction
def keep_import_file(
    table: Table, *, kind: Kind, name: str, actor: Actor, now: datetime
) -> ImportFile:
    """Keep what was read from a file until its import; raises ``Forbidden``."""
    refuse(can_import(actor, kind))
    return keep_file(table, kind=kind.key, name=name, actor=actor, now=now)


def keep_file(table: Table, *, kind: str, name: str, actor: Actor, now: datetime) -> ImportFile:
    """Write the table down; its caller has asked whether the actor may."""
    printable = "".join(sign for sign in name if sign.isprintable())
    file = keep_rows_of_file(
        table.rows,
        created_at=now,
        company_id=actor.company_id,
        kind=kind,
        name=printable[-LONGEST_NAME:],
        member_id=actor.member_id,
        person_user=actor.person_user_id,
        header=table.header,
    )
    record(
        "import.uploaded",
        file.pk,
        actor=actor,
        now=now,
        kind=kind,
        rows=len(table.rows),
        private={"file": file.name},
    )
    return file


@transaction
def start_import(
    file: ImportFile,
    *,
    columns: Mapping[str, int],
    is_dry_run: bool,
    actor: Actor,
    now: datetime,
) -> Run:
    """Import a file, or try it: ``columns`` says where each of our columns stands in it.

    All rows are written or none; the run's rows say what became of each. Raises ``Forbidden``,
    ``InvalidInput`` with the column, ``TooManyRuns``.
    """
    get_import_file(actor, file.pk)
    kind = get_kind(file.kind)
    refuse(can_import(actor, kind))
    checked = checked_columns(kind.columns, columns, len(file.header))
    parameters = {
        "kind": kind.key,
        "file": file.name,
        "columns": checked,
        "dry_run": is_dry_run,
        **rights_of(actor),
    }
    return start_run(work.KIND, subject=file.pk, parameters=parameters, actor=actor, now=now)


@transaction
def start_undo(imported: Run, *, actor: Actor, now: datetime) -> Run:
    """Take an import back: end what it added, give back what it changed; all of it or nothing.

    Raises ``NothingToUndo``, ``Forbidden``, ``NotFound`` for runs outside reach.
    """
    imported = get_import(actor, imported.pk)
    kind = get_kind(imported.parameters["kind"])
    refuse(can_import(actor, kind))
    is_written = imported.status == Run.Status.DONE and (imported.result or {}).get("is_written")
    if not is_written:
        raise NothingToUndo(_("This import wrote nothing."))
    before = find_undo(imported)
    if before is not None and (
        before.status in (Run.Status.WAITING, Run.Status.RUNNING)
        or (before.result or {}).get("is_undone")
    ):
        raise NothingToUndo(_("This import was taken back already."))
    parameters = {"kind": kind.key, "file": imported.parameters["file"], **rights_of(actor)}
    return start_run(undo.KIND, subject=imported.pk, parameters=parameters, actor=actor, now=now)
