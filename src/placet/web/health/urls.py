"""Addresses of approvals health."""

from django.urls import path

from placet.web.health import views

urlpatterns = [
    path("c/<slug:company>/health/", views.health, name="health"),
    path("c/<slug:company>/health/steps/<str:step_id>/", views.step_give, name="step_give"),
]
