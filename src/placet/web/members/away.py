"""Somebody else is away: whoever manages their unit says so for them, and who decides meanwhile."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from placet.companies.models import Absence, Delegation, Member
from placet.companies.permissions import MEMBER_MANAGE, can_do
from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from placet.requisitions.actions import end_absence, end_delegation
from placet.web.access import require_anywhere
from placet.web.members.reach import get_kept_member
from placet.web.refused import show_refusal
from placet.web.settings.forms import AbsenceForm
from placet.web.settings.page import go_away
from placet.web.settings.standing_in import preview_standing_in
from placet.web.shell import PageRequest, company_page, company_url


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def member_away(request: PageRequest, member_id: str) -> HttpResponse:
    """Say from when to when a member is away; "preview" only answers who would be asked."""
    member = _managed(request.actor, member_id)
    if member.pk == request.actor.member_id:
        return redirect(company_url(request.actor, "settings"))
    posted = request.POST if request.method == "POST" else None
    form = AbsenceForm(posted, actor=request.actor, now=request.now, principal=member)
    preview = None
    if posted is not None and form.is_valid():
        if "preview" in posted:
            preview = preview_standing_in(member, form.wanted, now=request.now)
        elif _send_away(request, member, form):
            return redirect(company_url(request.actor, "member", member.pk))
    context = {"member": member, "form": form, "preview": preview}
    return render(request, "web/members/away.html", context, status=422 if form.errors else 200)


@require_POST
@company_page
def member_absence_end(request: PageRequest, member_id: str, absence_id: str) -> HttpResponse:
    """They are back before the time."""
    member = _managed(request.actor, member_id)
    absence = (
        Absence.objects.filter(pk=absence_id, member=member).select_related("member__unit").first()
    )
    if absence is None:
        raise NotFound(_("There is no such absence."))
    try:
        end_absence(absence, actor=request.actor, now=request.now)
        messages.success(request, _("The absence has ended."))
    except Conflict as error:
        messages.error(request, error.detail)
    return redirect(company_url(request.actor, "member", member.pk))


@require_POST
@company_page
def member_delegation_end(request: PageRequest, member_id: str, delegation_id: str) -> HttpResponse:
    """End a delegation that the member gave."""
    member = _managed(request.actor, member_id)
    given = Delegation.objects.filter(pk=delegation_id, principal=member)
    delegation = given.select_related("principal__unit").first()
    if delegation is None:
        raise NotFound(_("There is no such delegation."))
    try:
        end_delegation(delegation, actor=request.actor, now=request.now)
        messages.success(request, _("The delegation has ended."))
    except Conflict as error:
        messages.error(request, error.detail)
    return redirect(company_url(request.actor, "member", member.pk))


def _managed(actor: Actor, member_id: str) -> Member:
    require_anywhere(actor, MEMBER_MANAGE)
    member = get_kept_member(actor, member_id)
    refuse(can_do(actor, MEMBER_MANAGE, member.unit.path), permission=MEMBER_MANAGE)
    return member


def _send_away(request: PageRequest, member: Member, form: AbsenceForm) -> bool:
    try:
        go_away(
            member,
            wanted=form.wanted,
            cap_minor=form.cleaned_data["cap"],
            actor=request.actor,
            now=request.now,
        )
    except (Conflict, Forbidden, InvalidInput, NotFound) as error:
        show_refusal(form, error, ends_at="until_on", starts_at="from_on", cap_minor="cap")
        return False
    messages.success(request, _("It is set."))
    return True
