"""Address of the evidence."""

from django.urls import path

from placet.web.evidence import papers, views

urlpatterns = [
    path(
        "c/<slug:company>/requisitions/<str:number>/evidence/",
        views.evidence_page,
        name="evidence",
    ),
    path(
        "c/<slug:company>/requisitions/<str:number>/evidence.pdf",
        papers.evidence_pdf,
        name="evidence_pdf",
    ),
    path(
        "c/<slug:company>/requisitions/<str:number>/requisition.pdf",
        papers.requisition_pdf,
        name="requisition_pdf",
    ),
]
