"""Addresses of the reports; which one it is stands behind the question mark, as all the rest."""

from django.urls import path

from placet.web.reports import views

urlpatterns = [
    path("c/<slug:company>/reports/", views.reports, name="reports"),
    path("c/<slug:company>/reports/export/", views.report_export, name="report_export"),
]
