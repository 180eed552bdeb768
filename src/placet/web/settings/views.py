"""A member's own settings: how the product speaks to them, and who decides while they are away."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from placet.companies.models import Member
from placet.companies.queries import get_member
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from placet.requisitions.actions import end_absence, end_delegation
from placet.web.refused import show_refusal
from placet.web.settings.forms import AbsenceForm
from placet.web.settings.page import (
    get_absence,
    get_delegation,
    go_away,
    list_absences,
    list_delegations,
)
from placet.web.settings.standing_in import preview_standing_in, warn_of_gaps
from placet.web.shell import PageRequest, company_page, company_url


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def settings_page(request: PageRequest) -> HttpResponse:
    """Everybody's own page; a POST says from when to when one is away, or asks what that means."""
    actor, now = request.actor, request.now
    member = get_member(actor, actor.member_id)
    posted = request.POST if request.method == "POST" else None
    form = AbsenceForm(posted, actor=actor, now=now)
    preview = None
    if posted is not None and form.is_valid():
        if "preview" in posted:
            preview = preview_standing_in(member, form.wanted, now=now)
        elif _go_away(request, member, form):
            messages.success(request, _("It is set."))
            return redirect(company_url(actor, "settings"))
    absences = list_absences(actor, now)
    context = {
        "member": member,
        "form": form,
        "preview": preview,
        "absences": absences,
        "gaps": warn_of_gaps(member, absences, now=now),
        "delegations": list_delegations(actor, now),
    }
    return render(request, "web/settings/page.html", context, status=422 if form.errors else 200)


@require_POST
@company_page
def absence_end(request: PageRequest, absence_id: str) -> HttpResponse:
    """Back before the time."""
    absence = get_absence(request.actor, absence_id)
    try:
        end_absence(absence, actor=request.actor, now=request.now)
        messages.success(request, _("You are back: the absence has ended."))
    except Conflict as error:
        messages.error(request, error.detail)
    return redirect(company_url(request.actor, "settings"))


@require_POST
@company_page
def delegation_end(request: PageRequest, delegation_id: str) -> HttpResponse:
    """Either side ends a delegation at once."""
    delegation = get_delegation(request.actor, delegation_id)
    try:
        end_delegation(delegation, actor=request.actor, now=request.now)
        messages.success(request, _("The delegation has ended."))
    except Conflict as error:
        messages.error(request, error.detail)
    return redirect(company_url(request.actor, "settings"))


def _go_away(request: PageRequest, member: Member, form: AbsenceForm) -> bool:
    """Whether it could be done; a refusal stands beside its field."""
    try:
        go_away(
            member,
            wanted=form.wanted,
            cap_minor=form.cleaned_data["cap"],
            actor=request.actor,
            now=request.now,
        )
    except (InvalidInput, Conflict, Forbidden, NotFound) as error:
        show_refusal(form, error, ends_at="until_on", starts_at="from_on", cap_minor="cap")
        return False
    return True
