"""Every address of the installation."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from placet.project.operating.measures import metrics
from placet.project.operating.probes import live, ready

# The pages of the demo, its sign-in without a password among them, are nowhere else.
demo: list[URLPattern | URLResolver] = (
    [path("", include("placet.demo.urls"))] if settings.PLACET_DEMO else []
)
urlpatterns: list[URLPattern | URLResolver] = [
    path("livez/", live, name="live"),
    path("readyz/", ready, name="ready"),
    path("metrics/", metrics, name="metrics"),
    path("api/v1/", include("placet.api.urls")),
    *demo,
    path("", include("placet.web.urls")),
]
