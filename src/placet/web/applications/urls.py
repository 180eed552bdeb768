"""Two doors for strangers, and the merchant's side of the first."""

from django.urls import path

from placet.web.applications import public, standing, views

urlpatterns = [
    path("apply/", public.apply, name="apply"),
    path("apply/sent/", public.applied, name="applied"),
    path("sign-up/", public.sign_up, name="sign_up"),
    path("sign-up/sent/", public.signed_up, name="signed_up"),
    path("c/<slug:company>/customers/new/", views.customer_new, name="customer_new"),
    path("c/<slug:company>/customers/applications/", views.application_list, name="applications"),
    path(
        "c/<slug:company>/customers/applications/<str:application_id>/",
        views.application_page,
        name="application",
    ),
    path(
        "c/<slug:company>/customers/applications/<str:application_id>/decline/",
        views.application_decline,
        name="application_decline",
    ),
    path(
        "c/<slug:company>/customers/<str:customer_id>/terms/",
        standing.customer_terms,
        name="customer_terms",
    ),
    path(
        "c/<slug:company>/customers/<str:customer_id>/suspend/",
        standing.customer_suspend,
        name="customer_suspend",
    ),
    path(
        "c/<slug:company>/customers/<str:customer_id>/resume/",
        standing.customer_resume,
        name="customer_resume",
    ),
]
