"""Addresses of the companies that buy here; for the merchant's staff."""

from django.urls import path

from placet.web.customers import views

urlpatterns = [
    path("c/<slug:company>/customers/", views.customer_list, name="customers"),
    path("c/<slug:company>/customers/<str:customer_id>/", views.customer_page, name="customer"),
]
