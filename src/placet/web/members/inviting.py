"""Inviting people: one by a form, many by a pasted list, and sending the way in again."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from placet.companies.permissions import MEMBER_MANAGE
from placet.companies.queries import get_company
from placet.core.errors import Conflict, Forbidden, InvalidInput
from placet.requisitions.actions import invite_again, invite_member, invite_members
from placet.requisitions.actions.invite_members import InvitationsRefused
from placet.web.access import require_anywhere
from placet.web.members.invite_form import InviteForm
from placet.web.members.pasting import PastedRow, load_known, read_rows, with_faults
from placet.web.members.reach import get_kept_member, is_household
from placet.web.refused import show_refusal
from placet.web.shell import PageRequest, company_page, company_url

MOST_TEXT = 100_000


class PasteForm(forms.Form):
    """The list, one line a person."""

    rows = forms.CharField(
        max_length=MOST_TEXT,
        label=gettext_lazy("People"),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def member_invite(request: PageRequest) -> HttpResponse:
    """Invite one person."""
    require_anywhere(request.actor, MEMBER_MANAGE)
    company = get_company(request.actor)
    posted = request.POST if request.method == "POST" else None
    form = InviteForm(
        posted,
        actor=request.actor,
        company=company,
        initial={"unit": request.GET.get("unit", "")},
    )
    if posted is not None and form.is_valid():
        try:
            member = invite_member(
                company, invitation=form.invitation, actor=request.actor, now=request.now
            )
        except (Conflict, Forbidden, InvalidInput) as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("%(name)s is invited.") % {"name": member.user.name})
            return redirect(company_url(request.actor, "member", member.pk))
    context = {"form": form, "is_household": is_household(request.actor)}
    return render(request, "web/members/invite.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def members_invite(request: PageRequest) -> HttpResponse:
    """Invite a list of people: all of them, or a report and nobody."""
    require_anywhere(request.actor, MEMBER_MANAGE)
    posted = request.POST if request.method == "POST" else None
    form, rows = PasteForm(posted), list[PastedRow]()
    if posted is not None and form.is_valid():
        rows = _invite_all(request, form, read_rows(request.actor, form.cleaned_data["rows"]))
        if form.is_valid():
            return redirect(company_url(request.actor, "members"))
    context = {
        "form": form,
        "rows": rows,
        "faults": sum(bool(row.fault) for row in rows),
        "known": load_known(request.actor),
        "is_household": is_household(request.actor),
    }
    status = 422 if form.errors else 200
    return render(request, "web/members/invite_many.html", context, status=status)


@require_POST
@company_page
def member_invite_again(request: PageRequest, member_id: str) -> HttpResponse:
    """Send the way in once more."""
    require_anywhere(request.actor, MEMBER_MANAGE)
    member = get_kept_member(request.actor, member_id)
    try:
        invite_again(member, actor=request.actor, now=request.now)
        messages.success(
            request, _("A new mail is on its way to %(mail)s.") % {"mail": member.user.email}
        )
    except Conflict as error:
        messages.error(request, error.detail)
    return redirect(company_url(request.actor, "member", member.pk))


def _invite_all(request: PageRequest, form: PasteForm, rows: list[PastedRow]) -> list[PastedRow]:
    """The rows with their faults; without any everybody was invited."""
    if any(row.fault for row in rows):
        form.add_error(None, _("Nobody was invited yet: mend the marked lines."))
        return rows
    invitations = [row.invitation for row in rows if row.invitation]
    try:
        invited = invite_members(
            get_company(request.actor),
            invitations=invitations,
            actor=request.actor,
            now=request.now,
        )
    except InvitationsRefused as error:
        form.add_error(None, _("Nobody was invited yet: mend the marked lines."))
        return with_faults(rows, {one["row"]: one["detail"] for one in error.facts["rows"]})
    except InvalidInput as error:
        show_refusal(form, error)
        return rows
    text = ngettext("%(n)d person is invited.", "%(n)d people are invited.", len(invited))
    messages.success(request, text % {"n": len(invited)})
    return rows
