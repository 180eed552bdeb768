"""API keys: who made them, what they may do, when they end. A secret is shown exactly once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from placet.companies.actions import create_api_key, revoke_api_key, rotate_api_key
from placet.companies.models import Company
from placet.companies.permissions import KEY_MANAGE, require
from placet.core.errors import Conflict, Forbidden, InvalidInput
from placet.web.keys.forms import STATES, KeyFilter, NewKey, Rotation
from placet.web.keys.page import (
    filtered_keys,
    get_key,
    list_ending_soon,
    list_keys,
    scope_label,
)
from placet.web.paging import page_of
from placet.web.refused import show_refusal
from placet.web.shell import PageRequest, company_page, company_url


@require_GET
@company_page
def key_list(request: PageRequest) -> HttpResponse:
    """The keys of the company, the newest first."""
    require(request.actor, KEY_MANAGE)
    wanted = KeyFilter(request.GET)
    state = wanted.cleaned_data["state"] if wanted.is_valid() else ""
    keys = filtered_keys(list_keys(request.actor), state, request.now)
    page = page_of(keys, "created_at", request.GET)
    rows = [(key, [scope_label(scope) for scope in key.scopes]) for key in page.rows]
    context = {
        "page": page,
        "rows": rows,
        "state": state,
        "states": STATES,
        "ending": list_ending_soon(request.actor, now=request.now),
    }
    return render(request, "web/keys/list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def key_new(request: PageRequest) -> HttpResponse:
    """The form; its answer to a POST is the only page that ever holds the secret."""
    require(request.actor, KEY_MANAGE)
    posted = request.POST if request.method == "POST" else None
    form = NewKey(posted, actor=request.actor, now=request.now)
    if posted is not None and form.is_valid():
        created = _create(request, form)
        if created is not None:
            return created
    return render(request, "web/keys/new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def key_revoke(request: PageRequest, key_id: str) -> HttpResponse:
    """Ending a key cannot be undone, so its name is typed."""
    require(request.actor, KEY_MANAGE)
    key = get_key(request.actor, key_id)
    is_typed = request.POST.get("typed", "").strip() == key.name
    if request.method == "POST" and is_typed:
        try:
            revoke_api_key(key, actor=request.actor, now=request.now)
            messages.success(request, _("“%(key)s” is revoked.") % {"key": key.name})
        except Conflict as error:
            messages.error(request, error.detail)
        return redirect(company_url(request.actor, "keys"))
    is_refused = request.method == "POST"
    context = {"key": key, "is_refused": is_refused, "typed": request.POST.get("typed", "")}
    return render(request, "web/keys/revoke.html", context, status=422 if is_refused else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def key_rotate(request: PageRequest, key_id: str) -> HttpResponse:
    """A successor with the same rights; its answer to a POST is the only page with the secret."""
    require(request.actor, KEY_MANAGE)
    key = get_key(request.actor, key_id)
    form = Rotation(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made, secret = rotate_api_key(
                key,
                old_ends_at=form.old_ends_at(request.now),
                actor=request.actor,
                now=request.now,
            )
            context = {"key": made, "secret": secret, "old": key}
            return render(request, "web/keys/created.html", context)
        except (Conflict, Forbidden) as error:
            form.add_error(None, error.detail)
    context = {"form": form, "key": key}
    return render(request, "web/keys/rotate.html", context, status=422 if form.errors else 200)


def _create(request: PageRequest, form: NewKey) -> HttpResponse | None:
    """The page with the secret, or nothing with the refusal in the form."""
    try:
        key, secret = create_api_key(
            Company.objects.get(pk=request.actor.company_id),
            name=form.cleaned_data["name"],
            scopes=form.cleaned_data["scopes"],
            expires_at=form.expires_at,
            actor=request.actor,
            now=request.now,
        )
    except (InvalidInput, Forbidden) as error:
        show_refusal(form, error, expires_at="lifetime")
        return None
    return render(request, "web/keys/created.html", {"key": key, "secret": secret})
