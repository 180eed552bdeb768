"""Address of the home page."""

from django.urls import path

from placet.web.home import views

urlpatterns = [path("c/<slug:company>/", views.home, name="home")]
