"""A purchase and its evidence as PDF."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from placet.documents.formats import EVIDENCE, REQUISITION, make_document
from placet.requisitions.queries import get_requisition
from placet.web.evidence.page import read_evidence_target
from placet.web.orders.documents import answer_with
from placet.web.shell import PageRequest, company_page


@require_GET
@company_page
def evidence_pdf(request: PageRequest, number: str) -> HttpResponse:
    """The evidence for the file; the supplier's people see the approvals on the order instead."""
    requisition = read_evidence_target(request.actor, number)
    return answer_with(
        make_document(EVIDENCE, requisition, "pdf", reader=request.actor, now=request.now)
    )


@require_GET
@company_page
def requisition_pdf(request: PageRequest, number: str) -> HttpResponse:
    """The purchase as it stands, for whoever sees its page."""
    found = get_requisition(request.actor, number)
    return answer_with(
        make_document(REQUISITION, found, "pdf", reader=request.actor, now=request.now)
    )
