"""Keeping the filters of a list under a name; each form leads back to the list."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from placet.companies.actions.views import delete_view, rename_view, save_view
from placet.companies.saved_views import LISTS, get_view
from placet.core.errors import Conflict, InvalidInput, NotFound
from placet.web.shell import PageRequest, company_page, company_url


class ViewWish(forms.Form):
    """The name of a view; for a new one the list and its query too."""

    name = forms.CharField(max_length=200, required=False)
    list = forms.CharField(max_length=40, required=False)
    query = forms.CharField(max_length=4000, required=False)


@require_POST
@company_page
def view_save(request: PageRequest) -> HttpResponse:
    """Keep the filters that are on now."""
    wish = _read(request)
    if wish["list"] not in LISTS:
        raise NotFound(_("This list keeps no views."))
    try:
        view = save_view(
            wish["name"],
            list_name=wish["list"],
            query=wish["query"],
            actor=request.actor,
            now=request.now,
        )
        messages.success(request, _("“%(view)s” is kept.") % {"view": view.name})
    except (Conflict, InvalidInput) as error:
        messages.error(request, error.detail)
    return _back(request, wish["list"], wish["query"])


@require_POST
@company_page
def view_rename(request: PageRequest, view_id: str) -> HttpResponse:
    """Give it another name."""
    view = get_view(request.actor, view_id)
    try:
        rename_view(view, name=_read(request)["name"], actor=request.actor, now=request.now)
        messages.success(request, _("It is called “%(view)s” now.") % {"view": view.name})
    except (Conflict, InvalidInput) as error:
        messages.error(request, error.detail)
    return _back(request, view.list_name, view.query)


@require_POST
@company_page
def view_delete(request: PageRequest, view_id: str) -> HttpResponse:
    """Forget it; the list stays where it is."""
    view = get_view(request.actor, view_id)
    delete_view(view, actor=request.actor, now=request.now)
    messages.success(request, _("“%(view)s” is deleted.") % {"view": view.name})
    return _back(request, view.list_name, view.query)


def _read(request: PageRequest) -> dict[str, str]:
    wish = ViewWish(request.POST)
    wish.is_valid()
    return {name: str(wish.cleaned_data.get(name, "")) for name in ViewWish.base_fields}


def _back(request: PageRequest, list_name: str, query: str) -> HttpResponse:
    address = company_url(request.actor, list_name)
    return redirect(f"{address}?{query.removeprefix('?')}" if query else address)
