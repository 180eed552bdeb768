"""Addresses of members' limits."""

from django.urls import path

from placet.web.limits import views

urlpatterns = [
    path(
        "c/<slug:company>/members/<str:member_id>/limits/<str:use>/",
        views.limit_edit,
        name="limit_edit",
    ),
    path(
        "c/<slug:company>/members/<str:member_id>/limits/<str:use>/clear/",
        views.limit_clear,
        name="limit_clear",
    ),
]
