"""Addresses of ordering on behalf of a customer's member."""

from django.urls import path

from placet.web.on_behalf import views

ROOT = "c/<slug:company>/customers/<str:customer_id>/orders-for/"
ONE = ROOT + "<str:cart_id>/"

urlpatterns = [
    path(ROOT, views.orders_for, name="orders_for"),
    path(ONE, views.order_for, name="order_for"),
    path(ONE + "add/", views.order_for_add, name="order_for_add"),
    path(ONE + "lines/<str:line_id>/", views.order_for_line, name="order_for_line"),
    path(ONE + "details/", views.order_for_details, name="order_for_details"),
    path(ONE + "submit/", views.order_for_submit, name="order_for_submit"),
    path(ONE + "drop/", views.order_for_drop, name="order_for_drop"),
]
