"""A line above a list: the member's own views of it, and keeping what is filtered now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.template.context import Context

from placet.companies.saved_views import LISTS, list_views
from placet.documents.column_maps import can_manage_column_maps, list_column_maps

register = template.Library()


@register.inclusion_tag("web/components/saved_views.html", takes_context=True)
def saved_views(context: Context, list_name: str) -> Mapping[str, Any]:
    """`{% saved_views "orders" %}`: one query; nothing is drawn while there is nothing to keep.

    The list's filters are those of the address that are listed in ``companies/saved_views.py``.
    """
    request, shell = context.get("request"), context.get("ui")
    if not isinstance(request, HttpRequest) or shell is None:
        return {}
    said = [
        (name, value)
        for name, value in sorted(request.GET.items())
        if name in LISTS[list_name] and value
    ]
    current = urlencode(said)
    views = list(list_views(shell.actor, list_name))
    return {
        "views": views,
        "current": current,
        "is_kept": any(view.query == current for view in views),
        "list_name": list_name,
        "slug": shell.actor.company_slug,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("web/components/column_map_choice.html", takes_context=True)
def column_map_choice(context: Context, list_name: str) -> Mapping[str, Any]:
    """`{% column_map_choice "orders" %}`: which columns the file has; one query."""
    shell = context.get("ui")
    if shell is None:
        return {}
    return {
        "maps": list(list_column_maps(shell.actor, list_name).values_list("pk", "name")),
        "list_name": list_name,
        "slug": shell.actor.company_slug,
        "may_manage": can_manage_column_maps(shell.actor) is None,
    }
