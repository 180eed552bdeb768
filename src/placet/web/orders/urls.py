"""Addresses of the orders."""

from django.urls import path

from placet.web.orders import bulk, changing, documents, paying, shipping, taking_over, views

urlpatterns = [
    path("c/<slug:company>/orders/", views.order_list, name="orders"),
    path("c/<slug:company>/orders/bulk/", bulk.orders_bulk, name="orders_bulk"),
    path("c/<slug:company>/orders/print/", bulk.orders_print, name="orders_print"),
    path(
        "c/<slug:company>/orders/acknowledge/",
        taking_over.orders_acknowledge,
        name="orders_acknowledge",
    ),
    path("c/<slug:company>/orders/<str:number>/", views.order_page, name="order"),
    path(
        "c/<slug:company>/orders/<str:number>/order.<str:ending>",
        documents.order_file,
        name="order_file",
    ),
    path(
        "c/<slug:company>/orders/<str:number>/acknowledge/",
        views.order_acknowledge,
        name="order_acknowledge",
    ),
    path("c/<slug:company>/orders/<str:number>/fail/", views.order_fail, name="order_fail"),
    path("c/<slug:company>/orders/<str:number>/retry/", views.order_retry, name="order_retry"),
    path("c/<slug:company>/orders/<str:number>/ship/", shipping.order_ship, name="order_ship"),
    path(
        "c/<slug:company>/orders/<str:number>/expect/", shipping.order_expect, name="order_expect"
    ),
    path(
        "c/<slug:company>/orders/<str:number>/complete/",
        shipping.order_complete,
        name="order_complete",
    ),
    path(
        "c/<slug:company>/orders/<str:number>/shipments/<str:shipment_id>/void/",
        shipping.shipment_void,
        name="shipment_void",
    ),
    path("c/<slug:company>/orders/<str:number>/receipts/", paying.order_pay, name="order_pay"),
    path("c/<slug:company>/orders/<str:number>/cancel/", paying.order_cancel, name="order_cancel"),
    path(
        "c/<slug:company>/orders/<str:number>/change/", changing.order_change, name="order_change"
    ),
    path("c/<slug:company>/orders/<str:number>/requests/", changing.order_ask, name="order_ask"),
    path(
        "c/<slug:company>/orders/<str:number>/requests/<str:request_id>/withdraw/",
        changing.order_ask_withdraw,
        name="order_ask_withdraw",
    ),
    path(
        "c/<slug:company>/orders/<str:number>/requests/<str:request_id>/accept/",
        changing.order_ask_accept,
        name="order_ask_accept",
    ),
    path(
        "c/<slug:company>/orders/<str:number>/requests/<str:request_id>/decline/",
        changing.order_ask_decline,
        name="order_ask_decline",
    ),
]
