"""Addresses of the pages of reference fields."""

from django.urls import path

from placet.web.references import views

urlpatterns = [
    path("c/<slug:company>/reference-fields/", views.reference_list, name="references"),
    path("c/<slug:company>/reference-fields/new/", views.reference_new, name="reference_new"),
    path(
        "c/<slug:company>/reference-fields/<str:field_id>/",
        views.reference_edit,
        name="reference",
    ),
    path(
        "c/<slug:company>/reference-fields/<str:field_id>/close/",
        views.reference_close,
        name="reference_close",
    ),
]
