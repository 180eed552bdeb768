"""Addresses of the inbox and of the decision page."""

from django.urls import path

from placet.web.inbox import views

urlpatterns = [
    path("c/<slug:company>/inbox/", views.inbox, name="inbox"),
    path("c/<slug:company>/inbox/approvals/", views.inbox_bulk, name="inbox_bulk"),
    path("c/<slug:company>/inbox/<str:step_id>/", views.decision_page, name="decision"),
    path(
        "c/<slug:company>/inbox/<str:step_id>/preview/",
        views.inbox_preview,
        name="inbox_preview",
    ),
    path(
        "c/<slug:company>/decisions/<str:decision_id>/undo/",
        views.undo_decision,
        name="undo_decision",
    ),
]
