"""Addresses of the API: every one of them leads through the door."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path, re_path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET

from placet.api.description import describe_api, list_operations, make_api
from placet.api.door import door, nothing_here
from placet.api.explorer import explorer_views
from placet.api.guides import explorer_guide
from placet.api.routers import (
    acknowledgements,
    addresses,
    applications,
    assortments,
    back_tests,
    budgets,
    cart_lines,
    carts,
    carts_together,
    catalog,
    charges,
    column_maps,
    comments,
    companies,
    conversations,
    cost_centers,
    credit,
    customers,
    events,
    imports,
    limits,
    me,
    members,
    notifications,
    nudges,
    on_behalf,
    order_changes,
    order_documents,
    orders,
    part_numbers,
    plans,
    price_lists,
    purchase_lists,
    quick_orders,
    quote_desk,
    quotes,
    reassignments,
    reference_fields,
    referrals,
    reports,
    request_log,
    requisitions,
    revisions,
    roles,
    rulebook_drafts,
    rulebooks,
    runs,
    saved_views,
    schedules,
    share_links,
    shipments,
    standing_in,
    steps,
    store,
    storefront,
    suggestions,
    threads,
    units,
    webhooks,
)

api = make_api()
for room in (
    reports,
    storefront, customers,
    me, saved_views, column_maps, notifications,
    companies, applications, units, members, roles, charges,
    limits, standing_in,
    addresses, cost_centers, reference_fields, catalog, part_numbers, carts,
    carts_together, cart_lines, quick_orders, comments, requisitions, revisions, steps,
    referrals, suggestions, conversations, reassignments, nudges, order_changes, order_documents,
    acknowledgements, orders, shipments,
    quote_desk,
    quotes,
    budgets, credit, rulebook_drafts, rulebooks, back_tests, runs, imports, plans, events,
    on_behalf, webhooks, request_log, purchase_lists, schedules, assortments, price_lists, store,
    share_links, threads,
):  # fmt: skip
    api.add_router("", room.router)


@require_GET
def openapi(request: HttpRequest) -> HttpResponse:
    """The description of the API; it holds nothing of any company."""
    return HttpResponse(describe_api(api), content_type="application/json")


def _behind_the_door(patterns: list[Any]) -> list[URLPattern]:
    """Ninja's addresses with each view behind the door; its own start page is left out."""
    operations = list_operations(api)
    behind = []
    for pattern in patterns:
        if pattern.name != "api-root":
            pattern.callback = door(pattern.callback, operations[str(pattern.pattern)])
            behind.append(pattern)
    return behind


explorer, explorer_resource, explorer_problems = explorer_views(lambda: describe_api(api))
urlpatterns: list[URLPattern | URLResolver] = [
    path("openapi.json", openapi, name="openapi"),
    path("explorer/", explorer, name="explorer"),
    path("explorer/problems/", explorer_problems, name="explorer_problems"),
    path("explorer/guides/<slug:key>.md", explorer_guide, name="explorer_guide"),
    path("explorer/<slug:key>/", explorer_resource, name="explorer_resource"),
    *_behind_the_door(api.urls[0]),
    re_path(r"^", csrf_exempt(door(nothing_here))),
]
