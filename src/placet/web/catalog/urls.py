"""Addresses of the catalog; a SKU may hold strokes."""

from django.urls import path

from placet.web.catalog import views

urlpatterns = [
    path("c/<slug:company>/catalog/", views.catalog, name="catalog"),
    path("c/<slug:company>/catalog/<path:sku>/", views.product_page, name="product"),
]
