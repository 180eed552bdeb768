"""Addresses of the pages that divide lines."""

from django.urls import path

from placet.web.splitting import views

CART = "c/<slug:company>/carts/<str:cart_id>/"

urlpatterns = [
    path(CART + "lines/<str:line_id>/split/", views.line_split, name="line_split"),
    path(CART + "split/", views.cart_split, name="cart_split"),
]
