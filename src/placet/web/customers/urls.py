"""Addresses of the companies that buy here; for the merchant's staff."""

from django.urls import path

from placet.web.customers import approvers, charge, credit, views

urlpatterns = [
    path("c/<slug:company>/customers/", views.customer_list, name="customers"),
    path("c/<slug:company>/customers/export/", views.customers_export, name="customers_export"),
    path(
        "c/<slug:company>/customers/<str:customer_id>/reps/",
        charge.customer_reps,
        name="customer_reps",
    ),
    path("c/<slug:company>/customers/<str:customer_id>/", views.customer_page, name="customer"),
    path(
        "c/<slug:company>/customers/<str:customer_id>/credit/",
        credit.customer_credit,
        name="customer_credit",
    ),
    path(
        "c/<slug:company>/customers/<str:customer_id>/payments/",
        credit.customer_payment,
        name="customer_payment",
    ),
    path(
        "c/<slug:company>/customers/<str:customer_id>/approvers/",
        approvers.customer_approvers,
        name="customer_approvers",
    ),
    path(
        "c/<slug:company>/customers/<str:customer_id>/approvers/ask/",
        approvers.customer_rules_ask,
        name="customer_rules_ask",
    ),
    path(
        "c/<slug:company>/customers/<str:customer_id>/approvers/hand-back/",
        approvers.customer_rules_hand_back,
        name="customer_rules_hand_back",
    ),
]
