"""A purchase and its evidence as PDF."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from placet.documents.typeset import PDF
from placet.documents.writing import write_evidence, write_requisition
from placet.requisitions.queries import get_requisition
from placet.web.evidence.page import read_evidence_target
from placet.web.shell import PageRequest, company_page


@require_GET
@company_page
def evidence_pdf(request: PageRequest, number: str) -> HttpResponse:
    """The evidence for the file; the supplier's people see the approvals on the order instead."""
    requisition = read_evidence_target(request.actor, number)
    written = write_evidence(requisition, reader=request.actor, now=request.now)
    return _answer(written, f"{requisition.number}-evidence.pdf")


@require_GET
@company_page
def requisition_pdf(request: PageRequest, number: str) -> HttpResponse:
    """The purchase as it stands, for whoever sees its page."""
    requisition = get_requisition(request.actor, number)
    written = write_requisition(requisition, reader=request.actor, now=request.now)
    return _answer(written, f"{requisition.number}.pdf")


def _answer(written: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(written, content_type=PDF)
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer
