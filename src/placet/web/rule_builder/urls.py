"""Addresses of the rule builder: a new rule of a rulebook, and one that it has."""

from django.urls import path

from placet.web.rule_builder import views

urlpatterns = [
    path("c/<slug:company>/rules/<str:rulebook_id>/new-rule/", views.rule_new, name="rule_new"),
    path(
        "c/<slug:company>/rules/<str:rulebook_id>/rule/<path:rule>/",
        views.rule_edit,
        name="rule_edit",
    ),
]
