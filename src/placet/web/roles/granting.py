"""Roles are given to members and taken away, on the member's page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from placet.companies.models import RoleGrant
from placet.companies.permissions import MEMBER_MANAGE, can_favour
from placet.companies.refusals import refuse
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from placet.requisitions.actions import grant_role, revoke_role
from placet.web.access import require_anywhere
from placet.web.members.detail import show_member
from placet.web.members.page import said_of
from placet.web.members.reach import get_kept_member
from placet.web.refused import show_refusal
from placet.web.roles.grant_form import GrantForm
from placet.web.shell import PageRequest, company_page, company_url


@require_POST
@company_page
def role_grant(request: PageRequest, member_id: str) -> HttpResponse:
    """Give a role for a part of the company."""
    require_anywhere(request.actor, MEMBER_MANAGE)
    member = get_kept_member(request.actor, member_id)
    refuse(can_favour(request.actor, member))
    form = GrantForm(request.POST, actor=request.actor, member=member)
    if not form.is_valid():
        return show_member(request, member, form)
    try:
        grant = grant_role(
            member,
            role=form.chosen_role,
            unit=form.chosen_unit,
            actor=request.actor,
            now=request.now,
        )
    except (Conflict, Forbidden, InvalidInput) as error:
        show_refusal(form, error)
        return show_member(request, member, form)
    said = {"name": member.user.name, "role": said_of(grant)}
    messages.success(request, _("%(name)s is %(role)s now.") % said)
    return redirect(company_url(request.actor, "member", member.pk) + "#roles")


@require_POST
@company_page
def role_revoke(request: PageRequest, member_id: str, grant_id: str) -> HttpResponse:
    """Take a role away again."""
    require_anywhere(request.actor, MEMBER_MANAGE)
    member = get_kept_member(request.actor, member_id)
    grant = (
        RoleGrant.objects.filter(pk=grant_id, member=member).select_related("role", "unit").first()
    )
    if grant is None:
        raise NotFound(_("They do not hold this role any more."))
    try:
        revoke_role(member, role=grant.role, unit=grant.unit, actor=request.actor, now=request.now)
        messages.success(
            request,
            _("%(name)s is no longer %(role)s.")
            % {"name": member.user.name, "role": said_of(grant)},
        )
    except Conflict as error:
        messages.error(request, error.detail)
    return redirect(company_url(request.actor, "member", member.pk) + "#roles")
