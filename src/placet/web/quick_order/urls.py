"""Addresses of quick orders."""

from django.urls import path

from placet.web.quick_order import adding, views

urlpatterns = [
    path("c/<slug:company>/quick-order/", views.quick_order, name="quick_order"),
    path(
        "c/<slug:company>/quick-order/added/<str:import_id>/",
        views.quick_order_added,
        name="quick_order_added",
    ),
    path(
        "c/<slug:company>/quick-order/added/<str:import_id>/undo/",
        views.quick_order_undo,
        name="quick_order_undo",
    ),
    path(
        "c/<slug:company>/quick-order/<str:file_id>/",
        views.quick_order_check,
        name="quick_order_check",
    ),
    path(
        "c/<slug:company>/quick-order/<str:file_id>/add/",
        adding.quick_order_add,
        name="quick_order_add",
    ),
    path(
        "c/<slug:company>/quick-order/<str:file_id>/errors/",
        adding.quick_order_errors,
        name="quick_order_errors",
    ),
]
