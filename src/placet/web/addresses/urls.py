"""Addresses of the pages of addresses."""

from django.urls import path

from placet.web.addresses import views

urlpatterns = [
    path("c/<slug:company>/addresses/", views.address_list, name="addresses"),
    path("c/<slug:company>/addresses/new/", views.address_new, name="address_new"),
    path("c/<slug:company>/addresses/<str:address_id>/", views.address_edit, name="address"),
    path(
        "c/<slug:company>/addresses/<str:address_id>/members/",
        views.address_share,
        name="address_share",
    ),
    path(
        "c/<slug:company>/addresses/<str:address_id>/close/",
        views.address_close,
        name="address_close",
    ),
]
