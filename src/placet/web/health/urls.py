"""The address of approvals health."""

from django.urls import path

from placet.web.health import views

urlpatterns = [path("c/<slug:company>/health/", views.health, name="health")]
