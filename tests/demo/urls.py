"""The addresses of an installation where the demo is on."""

from django.urls import include, path

urlpatterns = [
    path("", include("placet.demo.urls")),
    path("", include("placet.project.urls")),
]
