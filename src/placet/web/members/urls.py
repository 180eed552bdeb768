"""Addresses of members and units."""

from django.urls import path

from placet.web.members import views

urlpatterns = [
    path("c/<slug:company>/members/", views.member_list, name="members"),
    path("c/<slug:company>/members/units/", views.unit_tree, name="units"),
    path("c/<slug:company>/members/<str:member_id>/", views.member_page, name="member"),
]
