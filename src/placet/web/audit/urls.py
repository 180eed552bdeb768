"""Addresses of the audit trail."""

from django.urls import path

from placet.web.audit import chain, views

urlpatterns = [
    path("c/<slug:company>/audit/", views.audit_list, name="audit"),
    path("c/<slug:company>/audit/export/", views.audit_export, name="audit_export"),
    path("c/<slug:company>/audit/check/", views.audit_check, name="audit_check"),
    path("c/<slug:company>/audit/chain/", chain.audit_chain, name="audit_chain"),
    path("c/<slug:company>/audit/chain/file/", chain.audit_chain_file, name="audit_chain_file"),
    path("c/<slug:company>/audit/chain/verifier/", chain.audit_verifier, name="audit_verifier"),
]
