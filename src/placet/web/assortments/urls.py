"""Addresses of assortments: a company's own, and those that the merchant keeps for a customer."""

from django.urls import path

from placet.web.assortments import views

urlpatterns = [
    path("c/<slug:company>/assortments/", views.assortment_list, name="assortments"),
    path("c/<slug:company>/assortments/new/", views.assortment_new, name="assortment_new"),
    path(
        "c/<slug:company>/assortments/<str:assortment_id>/",
        views.assortment_edit,
        name="assortment",
    ),
    path(
        "c/<slug:company>/assortments/<str:assortment_id>/close/",
        views.assortment_close,
        name="assortment_close",
    ),
    path(
        "c/<slug:company>/customers/<str:customer_id>/assortments/",
        views.customer_assortments,
        name="customer_assortments",
    ),
    path(
        "c/<slug:company>/customers/<str:customer_id>/assortments/new/",
        views.customer_assortment_new,
        name="customer_assortment_new",
    ),
]
