"""Addresses of the approval rules."""

from django.urls import path

from placet.web.rules import views

urlpatterns = [
    path("c/<slug:company>/rules/", views.rule_list, name="rules"),
    path(
        "c/<slug:company>/rules/<str:rulebook_id>/<int:number>/",
        views.rule_version,
        name="rule_version",
    ),
]
