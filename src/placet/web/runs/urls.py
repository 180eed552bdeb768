"""Addresses of runs."""

from django.urls import path

from placet.web.runs import views

urlpatterns = [
    path("c/<slug:company>/runs/", views.run_list, name="runs"),
    path("c/<slug:company>/runs/<str:run_id>/", views.run, name="run"),
    path("c/<slug:company>/runs/<str:run_id>/cancel/", views.run_cancel, name="run_cancel"),
]
