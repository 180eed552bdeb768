"""Members: who belongs where, what each may do and why."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from placet.companies.permissions import MEMBER_MANAGE
from placet.web.members.detail import show_member
from placet.web.members.forms import MemberFilter
from placet.web.members.page import filtered_members, page_of_members
from placet.web.members.reach import get_kept_member, is_household, require_keeper
from placet.web.shell import PageRequest, company_page


@require_GET
@company_page
def member_list(request: PageRequest) -> HttpResponse:
    """The members whom the reader keeps, with the filters and the order of the address."""
    require_keeper(request.actor)
    form = MemberFilter(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    form.offer_choices(request.actor)
    members = filtered_members(request.actor, wanted, request.now)
    context = {
        "form": form,
        "page": page_of_members(members, request.GET, request.now),
        "is_by_unit": not wanted.get("sort") and not is_household(request.actor),
        "may_invite": request.actor.holds_anywhere(MEMBER_MANAGE),
        "is_household": is_household(request.actor),
    }
    return render(request, "web/members/list.html", context)


@require_GET
@company_page
def member_page(request: PageRequest, member_id: str) -> HttpResponse:
    """One member: rights with their sources, limits, delegations. Everybody may see themselves."""
    if member_id != request.actor.member_id:
        require_keeper(request.actor)
    return show_member(request, get_kept_member(request.actor, member_id))
