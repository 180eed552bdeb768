"""Webhooks: which addresses hear of which events. A secret is shown once, when it is made."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from placet.companies.changing import ChangedMeanwhile
from placet.companies.permissions import WEBHOOK_MANAGE, require
from placet.core.clock import real_now
from placet.core.errors import Conflict, InvalidInput
from placet.web.refused import show_refusal
from placet.web.shell import PageRequest, company_page, company_url
from placet.web.webhooks.forms import NewEndpoint
from placet.web.webhooks.page import last_arrival, list_rows, rows_of
from placet.webhooks.actions import (
    add_endpoint,
    change_endpoint,
    disable_endpoint,
    enable_endpoint,
    rotate_secret,
    send_test_event,
)
from placet.webhooks.models import Endpoint
from placet.webhooks.queries import get_endpoint, list_deliveries

LATELY = 8
CHANGED = ("url", "event_types", "version")


@require_GET
@company_page
def webhook_list(request: PageRequest) -> HttpResponse:
    """The endpoints of the company with what became of their messages."""
    context = {"rows": list_rows(request.actor), "real_now": real_now()}
    return render(request, "web/webhooks/list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def webhook_new(request: PageRequest) -> HttpResponse:
    """The form; its answer to a POST shows the secret."""
    require(request.actor, WEBHOOK_MANAGE)
    posted = request.POST if request.method == "POST" else None
    form = NewEndpoint(posted, actor=request.actor)
    if posted is not None and form.is_valid():
        try:
            endpoint = add_endpoint(
                form.cleaned_data["url"],
                event_types=form.cleaned_data["event_types"],
                actor=request.actor,
                now=request.now,
            )
            return _shown_once(request, endpoint, is_new=True)
        except (InvalidInput, Conflict) as error:
            show_refusal(form, error)
    status = 422 if form.errors else 200
    return render(request, "web/webhooks/new.html", {"form": form}, status=status)


@require_GET
@company_page
def webhook(request: PageRequest, endpoint_id: str) -> HttpResponse:
    """One endpoint: how it is doing, what was sent lately, and what can be done."""
    endpoint = get_endpoint(request.actor, endpoint_id)
    context = {
        "row": rows_of([endpoint])[0],
        "lately": list_deliveries(request.actor, endpoint_id=endpoint.pk)[:LATELY],
        "last_arrived_at": last_arrival(endpoint),
        "kept_since": real_now() - timedelta(days=settings.PLACET_DELIVERY_DAYS),
        "real_now": real_now(),
    }
    return render(request, "web/webhooks/endpoint.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def webhook_edit(request: PageRequest, endpoint_id: str) -> HttpResponse:
    """Another address, or other events; the secret stays."""
    endpoint = get_endpoint(request.actor, endpoint_id)
    posted = request.POST if request.method == "POST" else None
    initial = {name: getattr(endpoint, name) for name in CHANGED} | {"endpoint": endpoint.pk}
    form = NewEndpoint(posted, actor=request.actor, initial=initial)
    if posted is not None and form.is_valid():
        try:
            wanted = {name: form.cleaned_data[name] for name in CHANGED}
            change_endpoint(endpoint, **wanted, actor=request.actor, now=request.now)
            messages.success(request, _("The endpoint is changed."))
            return _back(request, endpoint)
        except (InvalidInput, ChangedMeanwhile) as error:
            show_refusal(form, error)
    status = 422 if form.errors else 200
    context = {"form": form, "endpoint": endpoint}
    return render(request, "web/webhooks/edit.html", context, status=status)


@never_cache
@require_POST
@company_page
def webhook_rotate(request: PageRequest, endpoint_id: str) -> HttpResponse:
    """A new secret; the page that was looked at names the version, so sent twice it acts once."""
    endpoint = get_endpoint(request.actor, endpoint_id)
    seen = endpoint.version
    if request.POST.get("version") == str(seen):
        with suppress(ChangedMeanwhile):
            rotate_secret(endpoint, version=seen, actor=request.actor, now=request.now)
            return _shown_once(request, endpoint, is_new=False)
    messages.error(request, _("This endpoint was changed meanwhile. Nothing was rotated."))
    return _back(request, endpoint)


@require_POST
@company_page
def webhook_test(request: PageRequest, endpoint_id: str) -> HttpResponse:
    """A message to this endpoint alone; what becomes of it stands under deliveries."""

    def send(endpoint: Endpoint) -> str:
        send_test_event(endpoint, actor=request.actor, now=request.now)
        return _("A test event is on its way. See deliveries.")

    return _act(request, endpoint_id, send)


@require_POST
@company_page
def webhook_disable(request: PageRequest, endpoint_id: str) -> HttpResponse:
    """Nothing more is sent; what waits stays."""

    def disable(endpoint: Endpoint) -> str:
        disable_endpoint(endpoint, actor=request.actor, now=request.now)
        return _("The endpoint is off. What waits for it leaves when you switch it on.")

    return _act(request, endpoint_id, disable)


@require_POST
@company_page
def webhook_enable(request: PageRequest, endpoint_id: str) -> HttpResponse:
    """Sending goes on, beginning with what waited."""

    def enable(endpoint: Endpoint) -> str:
        enable_endpoint(endpoint, actor=request.actor, now=request.now)
        return _("The endpoint is on. What waited for it leaves now.")

    return _act(request, endpoint_id, enable)


def _act(request: PageRequest, endpoint_id: str, act: Callable[[Endpoint], str]) -> HttpResponse:
    endpoint = get_endpoint(request.actor, endpoint_id)
    try:
        messages.success(request, act(endpoint))
    except Conflict as error:
        messages.error(request, error.detail)
    return _back(request, endpoint)


def _back(request: PageRequest, endpoint: Endpoint) -> HttpResponse:
    return redirect(company_url(request.actor, "webhook", endpoint.pk))


def _shown_once(request: PageRequest, endpoint: Endpoint, *, is_new: bool) -> HttpResponse:
    context = {"endpoint": endpoint, "is_new": is_new}
    return render(request, "web/webhooks/secret.html", context)
