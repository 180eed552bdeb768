"""Addresses of a member's own settings."""

from django.urls import path

from placet.web.settings import own_hours, own_keys, views

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
    path("c/<slug:company>/settings/hours/", own_hours.own_hours, name="own_hours"),
    path("c/<slug:company>/settings/keys/", own_keys.own_keys, name="own_keys"),
    path(
        "c/<slug:company>/settings/keys/<str:key_id>/revoke/",
        own_keys.own_key_revoke,
        name="own_key_revoke",
    ),
]
