"""Addresses of the sheets; they come before those of single orders and requisitions."""

from django.urls import path

from placet.web.exports import views

urlpatterns = [
    path("c/<slug:company>/orders/export/", views.export_orders, name="export_orders"),
    path(
        "c/<slug:company>/requisitions/export/",
        views.export_requisitions,
        name="export_requisitions",
    ),
]
