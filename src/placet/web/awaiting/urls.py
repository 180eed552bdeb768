"""Address of what customers still have to approve."""

from django.urls import path

from placet.web.awaiting import views

urlpatterns = [
    path("c/<slug:company>/awaiting/", views.awaiting, name="awaiting"),
    path("c/<slug:company>/awaiting/export/", views.export_awaiting, name="export_awaiting"),
]
