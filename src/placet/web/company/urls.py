"""Addresses of the company's settings."""

from django.urls import path

from placet.web.company import categories, store, views, working_time

urlpatterns = [
    path("c/<slug:company>/company/", views.company_settings, name="company"),
    path("c/<slug:company>/company/store/", store.store_settings, name="store_settings"),
    path("contact/", store.contact, name="contact"),
    path("store.css", store.store_style, name="store_style"),
    path("c/<slug:company>/company/time/", working_time.working_time, name="working_time"),
    path("c/<slug:company>/company/categories/", categories.category_owners, name="categories"),
]
