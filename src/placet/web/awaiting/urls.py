"""Address of what customers still have to approve."""

from django.urls import path

from placet.web.awaiting import views

urlpatterns = [path("c/<slug:company>/awaiting/", views.awaiting, name="awaiting")]
