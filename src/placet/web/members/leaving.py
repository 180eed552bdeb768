"""Somebody leaves: what hangs on them, who takes it, and coming back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from placet.companies.models import Delegation, Member
from placet.companies.permissions import MEMBER_MANAGE, can_manage_member
from placet.companies.queries import get_member
from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput
from placet.quotes.actions.hand_over_colleague import hand_over_colleague
from placet.requisitions.actions import deactivate_member, reactivate_member
from placet.requisitions.handing_over import list_hand_over
from placet.web.access import require_anywhere
from placet.web.members.choices import people_choices, set_choices
from placet.web.members.held import list_held, list_staying
from placet.web.members.reach import get_kept_member, is_household
from placet.web.refused import show_refusal
from placet.web.shell import PageRequest, company_page, company_url


class LeaveForm(forms.Form):
    """Who takes it all; where nothing hangs on the member nobody has to."""

    to = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Who takes it over"),
        help_text=gettext_lazy("They get what is listed here, and none of the roles."),
    )

    def __init__(self, *args: Any, actor: Actor, member: Member, is_empty: bool, **options: Any):
        super().__init__(*args, **options)
        people = people_choices(actor, member.pk)
        self.has_people = bool(people)
        self.fields["to"].required = not is_empty
        set_choices(self, "to", [("", _("Choose somebody")), *people])


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def member_leave(request: PageRequest, member_id: str) -> HttpResponse:
    """Everything that somebody holds, on one page, and one button that gives it away."""
    require_anywhere(request.actor, MEMBER_MANAGE)
    member = get_kept_member(request.actor, member_id)
    refuse(can_manage_member(request.actor, member))
    if member.status != Member.Status.ACTIVE:
        return redirect(company_url(request.actor, "member", member.pk))
    hand_over = list_hand_over(member)
    posted = request.POST if request.method == "POST" else None
    heir = suggest_heir(request.actor, member, request.now)
    form = LeaveForm(
        posted,
        actor=request.actor,
        member=member,
        is_empty=hand_over.is_empty,
        initial={"to": heir.pk if heir and not hand_over.is_empty else ""},
    )
    if posted is not None and form.is_valid() and _leave(request, member, form):
        return redirect(company_url(request.actor, "member", member.pk))
    context = {
        "member": member,
        "held": hand_over,
        "kinds": list_held(hand_over),
        "staying": list_staying(hand_over),
        "form": form,
        "heir": heir,
        "is_household": is_household(request.actor),
    }
    return render(request, "web/members/leave.html", context, status=422 if form.errors else 200)


@require_POST
@company_page
def member_return(request: PageRequest, member_id: str) -> HttpResponse:
    """Let somebody come back with the roles that they had."""
    require_anywhere(request.actor, MEMBER_MANAGE)
    member = get_kept_member(request.actor, member_id)
    try:
        reactivate_member(member, actor=request.actor, now=request.now)
        messages.success(
            request,
            _("%(name)s is back, with the roles that they had.") % {"name": member.user.name},
        )
    except (Conflict, InvalidInput) as error:
        messages.error(request, error.detail)
    return redirect(company_url(request.actor, "member", member.pk))


def suggest_heir(actor: Actor, member: Member, now: datetime) -> Member | None:
    """Who is nearest: a deputy of now, the manager, the head of the unit, a colleague there."""
    offered = [key for key, _name in people_choices(actor, member.pk)]
    deputies = Delegation.objects.filter(
        principal=member, revoked_at=None, starts_at__lte=now, ends_at__gt=now
    ).values_list("delegate_id", flat=True)
    near = Member.objects.filter(unit_id=member.unit_id, pk__in=offered)
    wanted = [
        *deputies.order_by("id"),
        member.manager_id,
        member.unit.head_id,
        *near.order_by("user__name", "id").values_list("pk", flat=True),
    ]
    chosen = next((key for key in wanted if key in offered), None)
    return get_member(actor, chosen) if chosen else None


def _leave(request: PageRequest, member: Member, form: LeaveForm) -> bool:
    chosen = form.cleaned_data["to"]
    said = {"name": member.user.name}
    try:
        if chosen:
            heir = get_member(request.actor, chosen)
            hand_over_colleague(member, to=heir, actor=request.actor, now=request.now)
            text = _("%(name)s has left. %(heir)s has what they held.")
            messages.success(request, text % {**said, "heir": heir.user.name})
        else:
            deactivate_member(member, actor=request.actor, now=request.now)
            messages.success(request, _("%(name)s has left.") % said)
    except (Conflict, InvalidInput) as error:
        show_refusal(form, error)
        return False
    return True
