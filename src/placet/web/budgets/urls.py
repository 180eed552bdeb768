"""Addresses of the budgets."""

from django.urls import path

from placet.web.budgets import views

urlpatterns = [
    path("c/<slug:company>/budgets/", views.budget_list, name="budgets"),
    path("c/<slug:company>/budgets/<str:budget_id>/", views.budget_page, name="budget"),
]
