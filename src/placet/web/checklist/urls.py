"""Address of the set-up."""

from django.urls import path

from placet.web.checklist import views

urlpatterns = [path("c/<slug:company>/set-up/", views.checklist, name="checklist")]
