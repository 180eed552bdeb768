"""Address of the mail's button."""

from django.urls import path

from placet.web.confirm import views

urlpatterns = [path("d/<str:token>/", views.confirm, name="confirm")]
