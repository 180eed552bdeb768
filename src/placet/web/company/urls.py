"""Addresses of the company's settings."""

from django.urls import path

from placet.web.company import categories, views, working_time

urlpatterns = [
    path("c/<slug:company>/company/", views.company_settings, name="company"),
    path("c/<slug:company>/company/time/", working_time.working_time, name="working_time"),
    path("c/<slug:company>/company/categories/", categories.category_owners, name="categories"),
]
