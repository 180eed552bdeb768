"""Address of what is stuck."""

from django.urls import path

from placet.web.exceptions import views

urlpatterns = [path("c/<slug:company>/exceptions/", views.exceptions, name="exceptions")]
