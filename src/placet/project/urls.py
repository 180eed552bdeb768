"""Every address of the installation."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

# The pages of the demo, its sign-in without a password among them, are nowhere else.
demo: list[URLPattern | URLResolver] = (
    [path("", include("placet.demo.urls"))] if settings.PLACET_DEMO else []
)
urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include("placet.api.urls")),
    *demo,
    path("", include("placet.web.urls")),
]
