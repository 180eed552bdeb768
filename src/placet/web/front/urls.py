"""Address of the first page."""

from django.urls import path

from placet.web.front import views

urlpatterns = [path("", views.front, name="front")]
