"""Addresses of the catalog; a SKU may hold strokes."""

from django.urls import path

from placet.web.catalog import exporting, views

urlpatterns = [
    path("c/<slug:company>/catalog/", views.catalog, name="catalog"),
    path("c/<slug:company>/catalog/<path:sku>/", views.product_page, name="product"),
    path("c/<slug:company>/catalog-export/", exporting.export_catalog, name="catalog_export"),
    path("c/<slug:company>/compare/", views.compare, name="compare"),
    path("c/<slug:company>/part-numbers/<path:sku>/", views.part_number, name="part_number"),
]
