"""Addresses of the orders."""

from django.urls import path

from placet.web.orders import paying, views

urlpatterns = [
    path("c/<slug:company>/orders/", views.order_list, name="orders"),
    path("c/<slug:company>/orders/<str:number>/", views.order_page, name="order"),
    path(
        "c/<slug:company>/orders/<str:number>/acknowledge/",
        views.order_acknowledge,
        name="order_acknowledge",
    ),
    path("c/<slug:company>/orders/<str:number>/fail/", views.order_fail, name="order_fail"),
    path("c/<slug:company>/orders/<str:number>/retry/", views.order_retry, name="order_retry"),
    path("c/<slug:company>/orders/<str:number>/receipts/", paying.order_pay, name="order_pay"),
    path("c/<slug:company>/orders/<str:number>/cancel/", paying.order_cancel, name="order_cancel"),
]
