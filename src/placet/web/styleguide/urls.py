"""The address of the style guide."""

from django.urls import path

from placet.web.styleguide.views import styleguide

urlpatterns = [path("styleguide", styleguide, name="style_guide")]
