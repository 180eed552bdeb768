"""The evidence of a purchase on one page, made to be printed."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from placet.requisitions.evidence import collect_evidence
from placet.web.evidence.page import read_evidence_target, tell_evidence
from placet.web.shell import PageRequest, company_page


@require_GET
@company_page
def evidence_page(request: PageRequest, number: str) -> HttpResponse:
    """Who said yes to exactly what: every hash on it is computed again before it is shown."""
    requisition = read_evidence_target(request.actor, number)
    told = tell_evidence(collect_evidence(requisition), reader=request.actor)
    return render(request, "web/evidence/page.html", {"told": told})
