"""Addresses of a member's own settings."""

from django.urls import path

from placet.web.settings import views

urlpatterns = [
    path("c/<slug:company>/settings/", views.settings_page, name="settings"),
    path(
        "c/<slug:company>/settings/absences/<str:absence_id>/end/",
        views.absence_end,
        name="absence_end",
    ),
    path(
        "c/<slug:company>/settings/delegations/<str:delegation_id>/end/",
        views.delegation_end,
        name="delegation_end",
    ),
]
