"""Addresses of the pages of cost centres."""

from django.urls import path

from placet.web.cost_centers import views

urlpatterns = [
    path("c/<slug:company>/cost-centers/", views.cost_center_list, name="cost_centers"),
    path("c/<slug:company>/cost-centers/new/", views.cost_center_new, name="cost_center_new"),
    path(
        "c/<slug:company>/cost-centers/<str:cost_center_id>/",
        views.cost_center_edit,
        name="cost_center",
    ),
    path(
        "c/<slug:company>/cost-centers/<str:cost_center_id>/close/",
        views.cost_center_close,
        name="cost_center_close",
    ),
]
