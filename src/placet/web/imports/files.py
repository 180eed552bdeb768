"""Files that leave: exports, templates, the rows that were refused."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from placet.companies.refusals import refuse
from placet.imports.exporting import export_table, list_refused_rows, template_table
from placet.imports.kinds import get_kind
from placet.imports.permissions import can_import
from placet.imports.queries import get_import, get_import_file
from placet.web.shell import PageRequest, company_page
from placet.web.table_file import answer_with_table


@require_GET
@company_page
def export_rows(request: PageRequest, kind: str) -> HttpResponse:
    """What is there now, as CSV or with ``format=xlsx``; importing it again changes nothing."""
    found = get_kind(kind)
    rows = export_table(found, actor=request.actor, now=request.now)
    return answer_with_table(
        request, rows, f"{kind}-{request.actor.company_slug}-{request.now:%Y-%m-%d}"
    )


@require_GET
@company_page
def import_template(request: PageRequest, kind: str) -> HttpResponse:
    """A file with the header alone."""
    found = get_kind(kind)
    refuse(can_import(request.actor, found))
    return answer_with_table(request, template_table(found), f"{kind}-template")


@require_GET
@company_page
def import_refused(request: PageRequest, run_id: str) -> HttpResponse:
    """The rows that were refused, as they were sent and with the reason, to mend and send again."""
    run = get_import(request.actor, run_id)
    file = get_import_file(request.actor, run.subject)
    return answer_with_table(request, list_refused_rows(run, file), f"{file.kind}-refused")
