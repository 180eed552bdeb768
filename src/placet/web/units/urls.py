"""Addresses of units."""

from django.urls import path

from placet.web.units import views

ROOT = "c/<slug:company>/members/units/"
ONE = ROOT + "<str:unit_id>/"

urlpatterns = [
    path(ROOT, views.unit_tree, name="units"),
    path(ROOT + "new/", views.unit_new, name="unit_new"),
    path(ONE, views.unit_page, name="unit"),
    path(ONE + "edit/", views.unit_edit, name="unit_edit"),
    path(ONE + "move/", views.unit_move, name="unit_move"),
    path(ONE + "head/", views.unit_head, name="unit_head"),
    path(ONE + "close/", views.unit_close, name="unit_close"),
]
