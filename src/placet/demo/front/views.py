"""The first page of the demo: who one may be, and the road to walk."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from placet.companies.models import Member
from placet.core.clock import business_now
from placet.demo.clock import advance_clock
from placet.demo.doors import demo_only, wanted_page
from placet.demo.front.road import make_road
from placet.demo.models import ShownKey
from placet.demo.people import landing_of, list_everybody, list_main_people
from placet.demo.world import golden

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@require_GET
@demo_only
def try_placet(request: HttpRequest) -> HttpResponse:
    """Four people to be, the road step by step, and everybody else."""
    context = {
        "main_people": list_main_people(),
        "road": make_road(),
        "paste": golden.PASTE,
        "companies": list_everybody(),
        "keys": ShownKey.objects.order_by("name"),
    }
    return render(request, "demo/front.html", context)


@require_POST
@demo_only
def try_as(request: HttpRequest, member_id: str) -> HttpResponse:
    """Be somebody: a real session, without a password. It begins where that person begins."""
    member = get_object_or_404(
        Member.objects.select_related("user", "company"),
        pk=member_id,
        status=Member.Status.ACTIVE,
        user__is_active=True,
    )
    login(request, member.user, backend=BACKEND)
    UserSession.objects.create_from_request(request)
    return redirect(wanted_page(request, landing_of(member)))


@require_POST
@demo_only
def move_clock(request: HttpRequest) -> HttpResponse:
    """Let business time pass; nobody's session or link ages by it."""
    advance_clock(request.POST.get("advance", ""), now=business_now())
    return redirect(wanted_page(request, "/"))


@require_GET
@demo_only
def show_keys(request: HttpRequest) -> HttpResponse:
    """The demo's API keys by company, with the members whom they may act for."""
    keys = {key.name: key.secret for key in ShownKey.objects.order_by("name")}
    members = {person.key: person.member_id for person in list_main_people()}
    return JsonResponse({"keys": keys, "members": members})
