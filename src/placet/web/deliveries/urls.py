"""Addresses of the deliveries."""

from django.urls import path

from placet.web.deliveries import views

urlpatterns = [
    path("c/<slug:company>/deliveries/", views.delivery_list, name="deliveries"),
    path("c/<slug:company>/deliveries/mails/", views.mail_list, name="mails"),
    path("c/<slug:company>/deliveries/<str:delivery_id>/", views.delivery, name="delivery"),
    path(
        "c/<slug:company>/deliveries/<str:delivery_id>/retry/",
        views.delivery_retry,
        name="delivery_retry",
    ),
    path(
        "c/<slug:company>/deliveries/<str:delivery_id>/replay/",
        views.delivery_replay,
        name="delivery_replay",
    ),
    path(
        "c/<slug:company>/deliveries/mails/<str:mail_id>/retry/",
        views.mail_retry,
        name="mail_retry",
    ),
]
