"""Cost centres: the list, a new one, changing and closing one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from placet.companies.actions import add_cost_center, close_cost_center
from placet.companies.models import CostCenter
from placet.companies.permissions import ADDRESS_MANAGE, require
from placet.companies.queries import get_company, get_member
from placet.core.errors import Conflict, NotFound
from placet.requisitions.actions import change_cost_center
from placet.web.access import require_anywhere
from placet.web.addresses.choices import read_place
from placet.web.attempt import attempt, status_of
from placet.web.cost_centers.forms import CostCenterForm
from placet.web.cost_centers.page import find_cost_center, rows_of
from placet.web.shell import PageRequest, company_page, company_url


@require_GET
@company_page
def cost_center_list(request: PageRequest) -> HttpResponse:
    """Where costs are booked, by code."""
    _require(request)
    text, is_closed = request.GET.get("q", "")[:100], request.GET.get("state") == "closed"
    rows = rows_of(request.actor, text, is_closed=is_closed, now=request.now)
    context = {"rows": rows, "text": text, "is_closed": is_closed}
    return render(request, "web/cost_centers/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def cost_center_new(request: PageRequest) -> HttpResponse:
    """One more code to book on."""
    _require(request)
    form = _form(request, None)
    made = attempt(form, lambda: _add(request, form))
    if made is None:
        context = {"form": form}
        return render(request, "web/cost_centers/form.html", context, status=status_of(form))
    messages.success(request, _("%(code)s can be chosen.") % {"code": made.code})
    return redirect(company_url(request.actor, "cost_centers"))


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def cost_center_edit(request: PageRequest, cost_center_id: str) -> HttpResponse:
    """Its name, its part of the company, and who answers for it."""
    center = _managed(request, cost_center_id)
    form = _form(request, center)
    changed = attempt(form, lambda: _change(request, center, form), unit="place")
    if changed is None:
        context = {"form": form, "center": center}
        return render(request, "web/cost_centers/form.html", context, status=status_of(form))
    messages.success(request, _("Saved."))
    return redirect(company_url(request.actor, "cost_centers"))


@require_POST
@company_page
def cost_center_close(request: PageRequest, cost_center_id: str) -> HttpResponse:
    """Nothing is booked on it any more."""
    center = _managed(request, cost_center_id)
    try:
        close_cost_center(center, actor=request.actor, now=request.now)
        messages.success(request, _("%(code)s is closed.") % {"code": center.code})
    except Conflict as error:
        messages.error(request, error.detail)
    return redirect(company_url(request.actor, "cost_centers"))


def _require(request: PageRequest) -> None:
    if request.actor.is_merchant:
        raise NotFound
    require_anywhere(request.actor, ADDRESS_MANAGE)


def _managed(request: PageRequest, cost_center_id: str) -> CostCenter:
    _require(request)
    center = find_cost_center(request.actor, cost_center_id)
    require(request.actor, ADDRESS_MANAGE, center.unit.path if center.unit else "")
    return center


def _form(request: PageRequest, center: CostCenter | None) -> CostCenterForm:
    posted = request.POST if request.method == "POST" else None
    return CostCenterForm(posted, actor=request.actor, cost_center=center)


def _add(request: PageRequest, form: CostCenterForm) -> CostCenter:
    chosen = form.cleaned_data["owner"]
    return add_cost_center(
        get_company(request.actor),
        code=form.cleaned_data["code"],
        name=form.cleaned_data["name"],
        unit=read_place(request.actor, form.cleaned_data["place"]).unit,
        owner=get_member(request.actor, chosen) if chosen else None,
        actor=request.actor,
        now=request.now,
    )


def _change(request: PageRequest, center: CostCenter, form: CostCenterForm) -> CostCenter:
    unit = read_place(request.actor, form.cleaned_data["place"]).unit
    changes: dict[str, Any] = {"name": form.cleaned_data["name"], "unit": unit}
    if form.is_owner_changed:
        chosen = form.cleaned_data["owner"]
        changes["owner"] = get_member(request.actor, chosen) if chosen else None
    return change_cost_center(
        center,
        version=form.cleaned_data["version"],
        actor=request.actor,
        now=request.now,
        **changes,
    )
