"""Reports: one of them as a page, and as a file."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from placet.core.errors import Forbidden
from placet.reports.reading import list_kinds, read_report
from placet.reports.values import Report
from placet.web.reports.forms import ReportForm, chooser_of
from placet.web.reports.page import show_report
from placet.web.reports.words import sheet_rows
from placet.web.shell import PageRequest, company_page
from placet.web.table_file import answer_with_table


@require_GET
@company_page
def reports(request: PageRequest) -> HttpResponse:
    """One report for the days, the grouping and the currency of the address."""
    read = _read(request)
    context = {
        "page": show_report(read),
        "chooser": chooser_of(read),
        "kinds": list_kinds(request.actor),
        "query": request.GET.urlencode(),
    }
    return render(request, "web/reports/page.html", context)


@require_GET
@company_page
def report_export(request: PageRequest) -> HttpResponse:
    """The same as CSV or XLSX, each value beside that of the days before."""
    read = _read(request)
    days, kind = read.span.days, read.kind.key
    name = f"{kind}-{request.actor.company_slug}-{days.starts_on}-{days.last_on}"
    return answer_with_table(request, sheet_rows(read), name, title=kind)


def _read(request: PageRequest) -> Report:
    """The report that the address names, else the first that this person may read."""
    asked = ReportForm(request.GET).asked
    kinds = list_kinds(request.actor)
    if not kinds:
        raise Forbidden(_("No report is open to you. A role that sees all purchases opens them."))
    key = asked.pop("kind", kinds[0].key)
    return read_report(request.actor, key, now=request.now, **asked)
