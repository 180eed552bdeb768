"""Units: the tree, one unit with what holds there; added, renamed, moved, closed, headed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from placet.companies.actions import add_unit, change_unit
from placet.companies.models import Unit
from placet.companies.permissions import UNIT_MANAGE, can_do
from placet.companies.po_forms import PoForm
from placet.companies.queries import get_company, get_member
from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from placet.requisitions.actions import close_unit, move_unit, name_head
from placet.web.access import require_anywhere
from placet.web.refused import show_refusal
from placet.web.shell import PageRequest, company_page, company_url
from placet.web.units.forms import HeadForm, MoveForm, NewUnitForm, PoUnitForm
from placet.web.units.page import (
    get_kept_unit,
    list_living,
    list_tree,
    read_unit,
    require_units,
)

REFUSALS = (Conflict, Forbidden, InvalidInput, NotFound)


@require_GET
@company_page
def unit_tree(request: PageRequest) -> HttpResponse:
    """The tree of units, each with its head."""
    require_units(request.actor)
    context = {
        "rows": list_tree(request.actor),
        "may_add": request.actor.holds_anywhere(UNIT_MANAGE),
    }
    return render(request, "web/units/tree.html", context)


@require_GET
@company_page
def unit_page(request: PageRequest, unit_id: str) -> HttpResponse:
    """One unit: its head, its people, and what holds there with where it comes from."""
    require_units(request.actor)
    unit = get_kept_unit(request.actor, unit_id)
    context = {"detail": read_unit(request.actor, unit, request.now)}
    return render(request, "web/units/page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def unit_new(request: PageRequest) -> HttpResponse:
    """A new unit below another one; ``?below=`` names it."""
    require_anywhere(request.actor, UNIT_MANAGE)
    posted = request.POST if request.method == "POST" else None
    below = {"parent": request.GET.get("below", "")}
    form = NewUnitForm(posted, actor=request.actor, initial=below)
    if posted is not None and form.is_valid():
        try:
            unit = add_unit(
                get_company(request.actor),
                name=form.cleaned_data["name"],
                code=form.cleaned_data["code"],
                parent=form.units[form.cleaned_data["parent"]],
                actor=request.actor,
                now=request.now,
            )
        except REFUSALS as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("%(name)s is there.") % {"name": unit.name})
            return redirect(company_url(request.actor, "unit", unit.pk))
    return render(
        request, "web/units/edit.html", {"form": form}, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def unit_edit(request: PageRequest, unit_id: str) -> HttpResponse:
    """Another name or code."""
    unit = _managed(request.actor, unit_id)
    posted = request.POST if request.method == "POST" else None
    names = ("version", "name", "code", "po_pattern", "po_hint")
    form = PoUnitForm(posted, initial={name: getattr(unit, name) for name in names})
    if posted is not None and form.is_valid():
        found = form.cleaned_data
        try:
            change_unit(
                unit,
                name=found["name"],
                code=found["code"],
                po_form=PoForm(found["po_pattern"], found["po_hint"]),
                version=found["version"],
                actor=request.actor,
                now=request.now,
            )
        except REFUSALS as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("The unit is changed."))
            return redirect(company_url(request.actor, "unit", unit.pk))
    context = {"form": form, "unit": unit}
    return render(request, "web/units/edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def unit_move(request: PageRequest, unit_id: str) -> HttpResponse:
    """Hang a unit, with all below it, somewhere else."""
    unit = _movable(request.actor, unit_id)
    posted = request.POST if request.method == "POST" else None
    form = MoveForm(posted, actor=request.actor, unit=unit, initial={"version": unit.version})
    if posted is not None and form.is_valid():
        try:
            move_unit(
                unit,
                parent=form.units[form.cleaned_data["parent"]],
                version=form.cleaned_data["version"],
                actor=request.actor,
                now=request.now,
            )
        except REFUSALS as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("%(name)s is moved.") % {"name": unit.name})
            return redirect(company_url(request.actor, "unit", unit.pk))
    context = {"form": form, "unit": unit}
    return render(request, "web/units/move.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def unit_head(request: PageRequest, unit_id: str) -> HttpResponse:
    """Say who heads a unit, or that nobody does."""
    unit = _managed(request.actor, unit_id)
    posted = request.POST if request.method == "POST" else None
    form = HeadForm(posted, actor=request.actor, unit=unit, initial={"head": unit.head_id or ""})
    if posted is not None and form.is_valid() and _name_head(request, unit, form):
        return redirect(company_url(request.actor, "unit", unit.pk))
    context = {"form": form, "unit": unit}
    return render(request, "web/units/head.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def unit_close(request: PageRequest, unit_id: str) -> HttpResponse:
    """Close a unit; while something lives there the page says what."""
    unit = _managed(request.actor, unit_id)
    refusal = None
    if request.method == "POST":
        try:
            close_unit(unit, actor=request.actor, now=request.now)
        except Conflict as error:
            refusal = error.detail
        else:
            messages.success(request, _("%(name)s is closed.") % {"name": unit.name})
            return redirect(company_url(request.actor, "units"))
    context = {"unit": unit, "living": list_living(unit), "refusal": refusal}
    return render(request, "web/units/close.html", context, status=409 if refusal else 200)


def _managed(actor: Actor, unit_id: str) -> Unit:
    require_anywhere(actor, UNIT_MANAGE)
    unit = get_kept_unit(actor, unit_id)
    refuse(can_do(actor, UNIT_MANAGE, unit.path), permission=UNIT_MANAGE)
    return unit


def _movable(actor: Actor, unit_id: str) -> Unit:
    """A unit whose place is the actor's to change: who manages the unit above it."""
    unit = _managed(actor, unit_id)
    if unit.parent is None:
        raise NotFound(_("The company itself does not move."))
    refuse(can_do(actor, UNIT_MANAGE, unit.parent.path), permission=UNIT_MANAGE)
    return unit


def _name_head(request: PageRequest, unit: Unit, form: HeadForm) -> bool:
    chosen = form.cleaned_data["head"]
    if chosen == (unit.head_id or ""):
        return True
    try:
        head = get_member(request.actor, chosen) if chosen else None
        name_head(unit, member=head, actor=request.actor, now=request.now)
    except REFUSALS as error:
        show_refusal(form, error, member="head")
        return False
    messages.success(request, _("The head is named."))
    return True
