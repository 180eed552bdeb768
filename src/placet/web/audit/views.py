"""The audit trail: everything that happened in the company, newest first, each with its proof."""

from __future__ import annotations

from itertools import islice

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from placet.companies.permissions import AUDIT_VIEW, require
from placet.events.chain import walk_chain
from placet.events.models import EventHead
from placet.web.audit.export import export_lines, export_sheet
from placet.web.audit.forms import AuditFilter, filtered_events
from placet.web.audit.page import read_rows
from placet.web.paging import page_of
from placet.web.shell import PageRequest, company_page
from placet.web.table_file import CSV, SHEET

PAGE_SIZE = 50
MOST_FAULTS = 100


@require_GET
@company_page
def audit_list(request: PageRequest) -> HttpResponse:
    """One page of events with the filters of the address."""
    require(request.actor, AUDIT_VIEW)
    form = AuditFilter(request.GET)
    form.is_valid()
    form.offer_choices(request.actor)
    events = filtered_events(request.actor, form.cleaned_data)
    page = page_of(events, "seq", request.GET, PAGE_SIZE)
    rows = read_rows(page.rows, request.actor)
    context = {
        "form": form,
        "page": page,
        "rows": rows,
        "faults": [row for row in rows if row.fault],
        "export_query": _without_page(request),
    }
    return render(request, "web/audit/list.html", context)


@require_GET
@company_page
def audit_export(request: PageRequest) -> HttpResponseBase:
    """The filtered events as CSV, or as XLSX with ``format=xlsx``."""
    require(request.actor, AUDIT_VIEW)
    form = AuditFilter(request.GET)
    form.is_valid()
    events = filtered_events(request.actor, form.cleaned_data)
    name = f"audit-{request.actor.company_slug}-{request.now:%Y-%m-%d}"
    answer: HttpResponseBase
    if request.GET.get("format") == "xlsx":
        answer = HttpResponse(export_sheet(events, request.actor), content_type=SHEET)
        name += ".xlsx"
    else:
        lines = export_lines(events, request.actor)
        answer = StreamingHttpResponse(lines, content_type=CSV)
        name += ".csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_POST
@company_page
def audit_check(request: PageRequest) -> HttpResponse:
    """Hash the whole chain again, from the first event to the last: what ``placet verify`` does."""
    require(request.actor, AUDIT_VIEW)
    faults = list(islice(walk_chain(request.actor.company_id), MOST_FAULTS))
    head = EventHead.objects.filter(company_id=request.actor.company_id).first()
    context = {"faults": faults, "events": head.seq if head else 0, "now": request.now}
    return render(request, "web/audit/check.html", context)


def _without_page(request: PageRequest) -> str:
    query = request.GET.copy()
    query.pop("after", None)
    query.pop("format", None)
    return query.urlencode()
