"""Addresses of imports and exports."""

from django.urls import path

from placet.web.imports import files, views

urlpatterns = [
    path("c/<slug:company>/imports/", views.import_list, name="imports"),
    path("c/<slug:company>/imports/<slug:kind>/new/", views.import_new, name="import_new"),
    path("c/<slug:company>/imports/files/<str:file_id>/", views.import_map, name="import_map"),
    path("c/<slug:company>/imports/runs/<str:run_id>/", views.import_run, name="import_run"),
    path(
        "c/<slug:company>/imports/runs/<str:run_id>/write/",
        views.import_write,
        name="import_write",
    ),
    path("c/<slug:company>/imports/runs/<str:run_id>/undo/", views.import_undo, name="import_undo"),
    path(
        "c/<slug:company>/imports/runs/<str:run_id>/cancel/",
        views.import_cancel,
        name="import_cancel",
    ),
    path(
        "c/<slug:company>/imports/runs/<str:run_id>/refused/",
        files.import_refused,
        name="import_refused",
    ),
    path(
        "c/<slug:company>/imports/<slug:kind>/template/",
        files.import_template,
        name="import_template",
    ),
    path("c/<slug:company>/exports/<slug:kind>/", files.export_rows, name="export"),
]
