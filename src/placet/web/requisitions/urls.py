"""Addresses of the requisitions."""

from django.urls import path

from placet.web.requisitions import nudging, placing, revising, shop_plan, views

urlpatterns = [
    path("c/<slug:company>/shop-plan/<str:token>/", shop_plan.shop_plan, name="shop_plan"),
    path("c/<slug:company>/requisitions/", views.requisition_list, name="requisitions"),
    path(
        "c/<slug:company>/requisitions/<str:number>/",
        views.requisition_page,
        name="requisition",
    ),
    path(
        "c/<slug:company>/requisitions/<str:number>/withdraw/",
        views.requisition_withdraw,
        name="requisition_withdraw",
    ),
    path(
        "c/<slug:company>/requisitions/<str:number>/edit/",
        revising.requisition_edit,
        name="requisition_edit",
    ),
    path(
        "c/<slug:company>/requisitions/<str:number>/rebuild/",
        revising.requisition_rebuild,
        name="requisition_rebuild",
    ),
    path(
        "c/<slug:company>/requisitions/<str:number>/replan/",
        revising.requisition_replan,
        name="requisition_replan",
    ),
    path(
        "c/<slug:company>/requisitions/<str:number>/retry/",
        placing.requisition_retry,
        name="requisition_retry",
    ),
    path(
        "c/<slug:company>/requisitions/<str:number>/nudge/",
        nudging.requisition_nudge,
        name="requisition_nudge",
    ),
]
