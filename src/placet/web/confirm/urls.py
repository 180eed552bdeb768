"""Address of the mail's button, with and without the last stroke."""

from django.urls import path

from placet.web.confirm import views

urlpatterns = [
    path("d/<str:token>/", views.confirm, name="confirm"),
    path("d/<str:token>", views.confirm),
]
