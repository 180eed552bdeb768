"""Addresses of the budgets."""

from django.urls import path

from placet.web.budgets import editing, views

HERE = "c/<slug:company>/budgets/"
ONE = HERE + "<str:budget_id>/"

urlpatterns = [
    path(HERE, views.budget_list, name="budgets"),
    path(HERE + "new/", editing.budget_new, name="budget_new"),
    path(ONE, views.budget_page, name="budget"),
    path(ONE + "edit/", editing.budget_edit, name="budget_edit"),
    path(ONE + "adjust/", editing.budget_adjust, name="budget_adjust"),
    path(ONE + "transfer/", editing.budget_transfer, name="budget_transfer"),
    path(ONE + "close/", editing.budget_close, name="budget_close"),
]
