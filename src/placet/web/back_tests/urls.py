"""Addresses of back-tests; the result of one stands at the address of its run."""

from django.urls import path

from placet.web.back_tests import views

urlpatterns = [
    path("c/<slug:company>/rules/<str:rulebook_id>/back-tests/", views.back_test, name="back_test"),
    path(
        "c/<slug:company>/runs/<str:run_id>/changes/",
        views.back_test_changes,
        name="back_test_changes",
    ),
]
