"""Address of the evidence."""

from django.urls import path

from placet.web.evidence import views

urlpatterns = [
    path(
        "c/<slug:company>/requisitions/<str:number>/evidence/",
        views.evidence_page,
        name="evidence",
    ),
]
