"""Addresses of the audit trail."""

from django.urls import path

from placet.web.audit import views

urlpatterns = [
    path("c/<slug:company>/audit/", views.audit_list, name="audit"),
    path("c/<slug:company>/audit/export/", views.audit_export, name="audit_export"),
    path("c/<slug:company>/audit/check/", views.audit_check, name="audit_check"),
]
