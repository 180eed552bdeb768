"""Addresses of the pages of column maps."""

from django.urls import path

from placet.web.column_maps import views

urlpatterns = [
    path("c/<slug:company>/column-maps/", views.column_maps, name="column_maps"),
    path("c/<slug:company>/column-maps/new/", views.column_map_new, name="column_map_new"),
    path("c/<slug:company>/column-maps/<str:map_id>/", views.column_map, name="column_map"),
    path(
        "c/<slug:company>/column-maps/<str:map_id>/delete/",
        views.column_map_delete,
        name="column_map_delete",
    ),
]
