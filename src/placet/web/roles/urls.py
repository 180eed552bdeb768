"""Addresses of roles, and of giving them."""

from django.urls import path

from placet.web.roles import granting, views

ROOT = "c/<slug:company>/members/roles/"
ONE = "c/<slug:company>/members/<str:member_id>/roles/"

urlpatterns = [
    path(ROOT, views.role_list, name="roles"),
    path(ROOT + "new/", views.role_new, name="role_new"),
    path(ROOT + "compare/", views.role_compare, name="role_compare"),
    path(ROOT + "<str:role_id>/", views.role_page, name="role"),
    path(ROOT + "<str:role_id>/edit/", views.role_edit, name="role_edit"),
    path(ONE + "grant/", granting.role_grant, name="role_grant"),
    path(ONE + "<str:grant_id>/revoke/", granting.role_revoke, name="role_revoke"),
]
