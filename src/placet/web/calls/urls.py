"""Addresses of the log of calls."""

from django.urls import path

from placet.web.calls import views

urlpatterns = [
    path("c/<slug:company>/calls/", views.call_list, name="calls"),
    path("c/<slug:company>/calls/<str:call_id>/", views.call, name="call"),
]
