"""Addresses of the webhooks."""

from django.urls import path

from placet.web.webhooks import replaying, views

urlpatterns = [
    path("c/<slug:company>/webhooks/", views.webhook_list, name="webhooks"),
    path("c/<slug:company>/webhooks/new/", views.webhook_new, name="webhook_new"),
    path("c/<slug:company>/webhooks/<str:endpoint_id>/", views.webhook, name="webhook"),
    path(
        "c/<slug:company>/webhooks/<str:endpoint_id>/edit/",
        views.webhook_edit,
        name="webhook_edit",
    ),
    path(
        "c/<slug:company>/webhooks/<str:endpoint_id>/replay/",
        replaying.webhook_replay,
        name="webhook_replay",
    ),
    path(
        "c/<slug:company>/webhooks/<str:endpoint_id>/rotate/",
        views.webhook_rotate,
        name="webhook_rotate",
    ),
    path(
        "c/<slug:company>/webhooks/<str:endpoint_id>/test/",
        views.webhook_test,
        name="webhook_test",
    ),
    path(
        "c/<slug:company>/webhooks/<str:endpoint_id>/disable/",
        views.webhook_disable,
        name="webhook_disable",
    ),
    path(
        "c/<slug:company>/webhooks/<str:endpoint_id>/enable/",
        views.webhook_enable,
        name="webhook_enable",
    ),
]
