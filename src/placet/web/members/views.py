"""Members and units: who belongs where, what each may do and why. Read-only."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from placet.companies.models import Unit
from placet.companies.permissions import MEMBER_MANAGE
from placet.companies.queries import get_member
from placet.web.access import require_anywhere
from placet.web.members.forms import MemberFilter
from placet.web.members.page import filtered_members, list_grants, page_of_members
from placet.web.members.rights import (
    effective_rights,
    list_limits,
    list_running_delegations,
    list_tree,
)
from placet.web.shell import PageRequest, company_page


@require_GET
@company_page
def member_list(request: PageRequest) -> HttpResponse:
    """The members by unit, with the filters of the address."""
    require_anywhere(request.actor, MEMBER_MANAGE)
    form = MemberFilter(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    form.offer_choices(request.actor)
    members = filtered_members(request.actor, wanted, request.now)
    page = page_of_members(members, request.GET, request.now)
    return render(request, "web/members/list.html", {"form": form, "page": page})


@require_GET
@company_page
def unit_tree(request: PageRequest) -> HttpResponse:
    """The tree of units, each with its head."""
    require_anywhere(request.actor, MEMBER_MANAGE)
    return render(request, "web/members/units.html", {"rows": list_tree(request.actor)})


@require_GET
@company_page
def member_page(request: PageRequest, member_id: str) -> HttpResponse:
    """One member: rights with their sources, limits, delegations. Everybody may see themselves."""
    if member_id != request.actor.member_id:
        require_anywhere(request.actor, MEMBER_MANAGE)
    member = get_member(request.actor, member_id)
    grants = list_grants([member.pk]).get(member.pk, [])
    context = {
        "member": member,
        "is_me": member.pk == request.actor.member_id,
        "grants": grants,
        "rights": effective_rights(grants),
        "heads": Unit.objects.filter(head=member, closed_at__isnull=True).order_by("path"),
        "delegations": list_running_delegations(member, request.now),
        "limits": list_limits(member),
    }
    return render(request, "web/members/page.html", context)
