"""Addresses of the pages: one list, so that the rights matrix can walk them."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include("placet.web.account.urls")),
    path("", include("placet.web.front.urls")),
    path("", include("placet.web.styleguide.urls")),
    path("", include("placet.web.confirm.urls")),
    path("", include("placet.web.home.urls")),
    path("", include("placet.web.inbox.urls")),
    path("", include("placet.web.catalog.urls")),
    path("", include("placet.web.carts.urls")),
    path("", include("placet.web.requisitions.urls")),
    path("", include("placet.web.evidence.urls")),
    path("", include("placet.web.orders.urls")),
    path("", include("placet.web.awaiting.urls")),
    path("", include("placet.web.budgets.urls")),
    path("", include("placet.web.rules.urls")),
    path("", include("placet.web.rule_builder.urls")),
    path("", include("placet.web.simulator.urls")),
    path("", include("placet.web.members.urls")),
    path("", include("placet.web.settings.urls")),
    path("", include("placet.web.health.urls")),
    path("", include("placet.web.audit.urls")),
    path("", include("placet.web.keys.urls")),
    path("", include("placet.web.webhooks.urls")),
    path("", include("placet.web.deliveries.urls")),
    path("", include("placet.web.customers.urls")),
]
