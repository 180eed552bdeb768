"""The address of a line's details."""

from django.urls import path

from placet.web.line_details import views

urlpatterns = [
    path(
        "c/<slug:company>/carts/<str:cart_id>/lines/<str:line_id>/details/",
        views.line_describe,
        name="line_describe",
    ),
]
