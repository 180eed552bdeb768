"""Addresses of saved views."""

from django.urls import path

from placet.web.saved_views import views

urlpatterns = [
    path("c/<slug:company>/views/", views.view_save, name="view_save"),
    path("c/<slug:company>/views/<str:view_id>/rename/", views.view_rename, name="view_rename"),
    path("c/<slug:company>/views/<str:view_id>/delete/", views.view_delete, name="view_delete"),
]
