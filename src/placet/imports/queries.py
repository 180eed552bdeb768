"""Imports as people see them: their own, and all of the company for its admins."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from placet.companies.permissions import COMPANY_MANAGE
from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.imports import undo, work
from placet.imports.models import ImportFile
from placet.runs.models import Run, RunRow
from placet.runs.queries import list_runs

STATES = ("warning", "error")
MOST_RECENT = 50
DID = ("added", "changed", "unchanged")


def list_imports(actor: Actor) -> QuerySet[Run]:
    """The imports and dry runs within reach, the newest first."""
    return list_runs(actor).filter(kind=work.KIND)


def get_import(actor: Actor, run_id: str) -> Run:
    """One import within reach; raises ``NotFound``."""
    found = list_imports(actor).filter(pk=run_id).first()
    if found is None:
        raise NotFound(_("There is no such import."))
    return found


def get_import_file(actor: Actor, file_id: str) -> ImportFile:
    """A file that the actor sent, for company admins any of the company; raises ``NotFound``."""
    files = ImportFile.objects.filter(company_id=actor.company_id)
    if not actor.holds(COMPANY_MANAGE):
        files = files.filter(member_id=actor.member_id, person_user=actor.person_user_id)
    found = files.filter(pk=file_id).first()
    if found is None:
        raise NotFound(_("There is no such file."))
    return found


def list_rows_in(run: Run, state: str) -> QuerySet[RunRow]:
    """The rows of a report that were refused or warned of, or that did the one or the other."""
    rows = run.rows.all()
    if state in STATES:
        return rows.filter(content__status=state)
    return rows.filter(content__did=state) if state in DID else rows


def find_columns(actor: Actor, file: ImportFile) -> dict[str, int] | None:
    """How the columns of the last file of this kind with the same header were meant."""
    runs = Run.objects.filter(company_id=actor.company_id, kind=work.KIND)
    recent = runs.order_by("-created_at", "-id")[:MOST_RECENT]
    meant = {run.subject: run.parameters for run in recent if run.parameters["kind"] == file.kind}
    headers = dict(ImportFile.objects.filter(pk__in=meant).values_list("pk", "header"))
    for file_id, parameters in meant.items():
        if headers.get(file_id) == file.header:
            return dict(parameters["columns"])
    return None


def find_undo(imported: Run) -> Run | None:
    """The last try to take an import back."""
    runs = Run.objects.filter(company_id=imported.company_id, kind=undo.KIND, subject=imported.pk)
    return runs.order_by("-created_at", "-id").first()
