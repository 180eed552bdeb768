"""Roles: what each allows, who holds it; new ones, clones, changes, and two side by side."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from placet.companies.actions import create_role
from placet.companies.models import Role
from placet.companies.permissions import ROLE_MANAGE, can_do, require
from placet.companies.queries import get_company
from placet.companies.refusals import refuse
from placet.core.errors import Conflict, Forbidden, InvalidInput
from placet.requisitions.actions import change_role
from placet.web.members.reach import is_household
from placet.web.refused import show_refusal
from placet.web.roles.forms import RoleForm, free_key, initial_of
from placet.web.roles.page import (
    can_edit_role,
    compare,
    get_role,
    list_holders,
    list_role_rows,
    require_roles,
)
from placet.web.roles.words import group_permissions
from placet.web.shell import PageRequest, company_page, company_url


@require_GET
@company_page
def role_list(request: PageRequest) -> HttpResponse:
    """The roles of the company with how many hold each."""
    require_roles(request.actor)
    context = {
        "rows": list_role_rows(request.actor),
        "may_define": can_do(request.actor, ROLE_MANAGE) is None,
        "is_household": is_household(request.actor),
    }
    return render(request, "web/roles/list.html", context)


@require_GET
@company_page
def role_page(request: PageRequest, role_id: str) -> HttpResponse:
    """One role: what it allows and who holds it where."""
    require_roles(request.actor)
    role = get_role(request.actor, role_id)
    context = {
        "role": role,
        "groups": group_permissions(request.actor.company_kind, role.permissions),
        "holders": list_holders(request.actor, role),
        "refusal": can_edit_role(request.actor, role),
        "may_define": can_do(request.actor, ROLE_MANAGE) is None,
    }
    return render(request, "web/roles/page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def role_new(request: PageRequest) -> HttpResponse:
    """A role of the company's own, from nothing or as a clone: ``?of=`` names the original."""
    require(request.actor, ROLE_MANAGE)
    original = request.GET.get("of", "")
    role = get_role(request.actor, original) if original else None
    posted = request.POST if request.method == "POST" else None
    name = _("Copy of %(name)s") % {"name": role.name} if role else ""
    form = RoleForm(
        posted,
        actor=request.actor,
        before=role.permissions if role else (),
        initial={"name": name},
    )
    if posted is not None and form.is_valid():
        made = _create(request, form)
        if made is not None:
            return redirect(company_url(request.actor, "role", made.pk))
    context = {"form": form, "original": role}
    return render(request, "web/roles/edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def role_edit(request: PageRequest, role_id: str) -> HttpResponse:
    """Change a role of the company's own; built-in ones and one's own are not changed."""
    require(request.actor, ROLE_MANAGE)
    role = get_role(request.actor, role_id)
    refuse(can_edit_role(request.actor, role))
    posted = request.POST if request.method == "POST" else None
    form = RoleForm(posted, actor=request.actor, before=role.permissions, initial=initial_of(role))
    if posted is not None and form.is_valid() and _change(request, role, form):
        return redirect(company_url(request.actor, "role", role.pk))
    context = {"form": form, "role": role, "holders": len(list_holders(request.actor, role))}
    return render(request, "web/roles/edit.html", context, status=422 if form.errors else 200)


@require_GET
@company_page
def role_compare(request: PageRequest) -> HttpResponse:
    """Two roles side by side, as the address names them."""
    require_roles(request.actor)
    rows = list_role_rows(request.actor)
    wanted = [request.GET.get(name, "") for name in ("first", "second")]
    usual = [row.role.pk for row in rows[:2]]
    first, second = (
        get_role(request.actor, one or other)
        for one, other in zip(wanted, usual or ("", ""), strict=False)
    )
    context = {
        "rows": rows,
        "first": first,
        "second": second,
        "groups": compare(request.actor, first, second),
        "is_same": set(first.permissions) == set(second.permissions),
    }
    return render(request, "web/roles/compare.html", context)


def _create(request: PageRequest, form: RoleForm) -> Role | None:
    name = form.cleaned_data["name"]
    try:
        role = create_role(
            get_company(request.actor),
            key=free_key(request.actor, name),
            name=name,
            permissions=form.chosen,
            actor=request.actor,
            now=request.now,
        )
    except (Conflict, Forbidden, InvalidInput) as error:
        show_refusal(form, error, key="name")
        return None
    messages.success(request, _("The role %(name)s is there.") % {"name": role.name})
    return role


def _change(request: PageRequest, role: Role, form: RoleForm) -> bool:
    try:
        change_role(
            role,
            name=form.cleaned_data["name"],
            permissions=form.chosen,
            version=form.cleaned_data["version"],
            actor=request.actor,
            now=request.now,
        )
    except (Conflict, Forbidden, InvalidInput) as error:
        show_refusal(form, error)
        return False
    messages.success(request, _("The role is changed, for everybody who holds it."))
    return True
