"""Addresses of the API keys."""

from django.urls import path

from placet.web.keys import views

urlpatterns = [
    path("c/<slug:company>/keys/", views.key_list, name="keys"),
    path("c/<slug:company>/keys/new/", views.key_new, name="key_new"),
    path("c/<slug:company>/keys/<str:key_id>/rotate/", views.key_rotate, name="key_rotate"),
    path("c/<slug:company>/keys/<str:key_id>/revoke/", views.key_revoke, name="key_revoke"),
]
