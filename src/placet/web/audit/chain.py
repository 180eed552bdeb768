"""The chain for an auditor: a file, a program that proves it without us, and how to use both."""

from __future__ import annotations

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from placet.companies.permissions import AUDIT_VIEW, require
from placet.events.export import VERIFIER, export_chain
from placet.events.models import EventHead
from placet.web.shell import PageRequest, company_page

LINES = "application/x-ndjson; charset=utf-8"


@require_GET
@company_page
def audit_chain(request: PageRequest) -> HttpResponse:
    """How to prove the record without trusting these pages, with the hash to write down."""
    require(request.actor, AUDIT_VIEW)
    head = EventHead.objects.filter(company_id=request.actor.company_id).first()
    context = {
        "head": head,
        "verifier": VERIFIER.name,
        "command": f"python3 {VERIFIER.name} {_name(request)}",
        "known": f"--known {head.seq}:{head.hash}" if head else "",
    }
    return render(request, "web/audit/chain.html", context)


@require_GET
@company_page
def audit_chain_file(request: PageRequest) -> HttpResponseBase:
    """Every event as a line of JSON; names and free text only with ``words=1``."""
    require(request.actor, AUDIT_VIEW)
    lines = export_chain(request.actor.company_id, with_words=request.GET.get("words") == "1")
    answer = StreamingHttpResponse(lines, content_type=LINES)
    answer["Content-Disposition"] = f'attachment; filename="{_name(request)}"'
    return answer


@require_GET
@company_page
def audit_verifier(request: PageRequest) -> HttpResponse:
    """The program that proves such a file; it needs nothing of ours."""
    require(request.actor, AUDIT_VIEW)
    answer = HttpResponse(VERIFIER.read_bytes(), content_type="text/x-python; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{VERIFIER.name}"'
    return answer


def _name(request: PageRequest) -> str:
    return f"chain-{request.actor.company_slug}-{request.now:%Y-%m-%d}.jsonl"
