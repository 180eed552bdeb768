"""Addresses of the simulator: trying a purchase that nobody makes."""

from django.urls import path

from placet.web.simulator import views

urlpatterns = [
    path("c/<slug:company>/simulator/", views.simulator, name="simulator"),
    path("c/<slug:company>/simulator/examples/", views.simulator_keep, name="simulator_keep"),
]
