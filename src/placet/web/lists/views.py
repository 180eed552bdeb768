"""The lists of a member, the page of one, its name and its end."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from placet.carts.lists.actions import (
    archive_list,
    create_list,
    describe_list,
    give_list,
    restore_list,
    share_list,
    unshare_list,
)
from placet.carts.lists.permissions import can_keep_list
from placet.carts.lists.queries import get_list, list_lists
from placet.carts.models import PurchaseList
from placet.carts.schedules.queries import list_schedules
from placet.companies.queries import get_member, get_unit
from placet.core.actor import Actor
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound, PlacetError
from placet.web.lists.page import list_places, read_page
from placet.web.paging import page_of
from placet.web.shell import PageRequest, company_page, company_url

REFUSED = (Conflict, Forbidden, InvalidInput)
Scope = PurchaseList.Scope
TABS = ("", "unit", "company", "archived", "schedules")


@require_GET
@company_page
def list_overview(request: PageRequest) -> HttpResponse:
    """The lists that I may see, by whose they are, and what is scheduled of them."""
    return show_overview(request)


@require_POST
@company_page
def list_create(request: PageRequest) -> HttpResponse:
    """Begin a list."""
    try:
        made = create_list_for(request.actor, request)
    except (*REFUSED, NotFound) as error:
        return show_overview(request, error)
    return redirect(company_url(request.actor, "list", made.pk))


@require_GET
@company_page
def list_page(request: PageRequest, list_id: str) -> HttpResponse:
    """One list, at the prices of now."""
    return show_list(request, list_id)


@require_POST
@company_page
def list_describe(request: PageRequest, list_id: str) -> HttpResponse:
    """Give it another name or note."""

    def describe(wanted: PurchaseList) -> str:
        name, note = request.POST.get("name", ""), request.POST.get("note", "")
        describe_list(wanted, name=name, note=note, actor=request.actor, now=request.now)
        return _("Saved.")

    return change_list(request, list_id, describe)


@require_POST
@company_page
def list_archive(request: PageRequest, list_id: str) -> HttpResponse:
    """Put it away; what is scheduled from it ends."""

    def archive(wanted: PurchaseList) -> str:
        archive_list(wanted, actor=request.actor, now=request.now)
        return _("“%(name)s” is put away.") % {"name": wanted.name}

    return change_list(request, list_id, archive)


@require_POST
@company_page
def list_restore(request: PageRequest, list_id: str) -> HttpResponse:
    """Take it out again."""

    def restore(wanted: PurchaseList) -> str:
        restore_list(wanted, actor=request.actor, now=request.now)
        return _("“%(name)s” is back.") % {"name": wanted.name}

    return change_list(request, list_id, restore)


@require_POST
@company_page
def list_give(request: PageRequest, list_id: str) -> HttpResponse:
    """Make a colleague the owner."""

    def give(wanted: PurchaseList) -> str:
        member = get_member(request.actor, request.POST.get("member", ""))
        give_list(wanted, member=member, actor=request.actor, now=request.now)
        return _("%(person)s owns the list now.") % {"person": member.user.name}

    return change_list(request, list_id, give)


@require_POST
@company_page
def list_share(request: PageRequest, list_id: str) -> HttpResponse:
    """Let a colleague or a unit view or edit."""

    def share(wanted: PurchaseList) -> str:
        whom, level = request.POST.get("whom", ""), request.POST.get("level", "")
        member = get_member(request.actor, whom) if whom.startswith("mem_") else None
        unit = get_unit(request.actor, whom) if whom.startswith("unt_") else None
        share_list(
            wanted, level=level, member=member, unit=unit, actor=request.actor, now=request.now
        )
        name = member.user.name if member else unit.name if unit else ""
        return _("Shared with %(person)s.") % {"person": name}

    return change_list(request, list_id, share)


@require_POST
@company_page
def list_unshare(request: PageRequest, list_id: str) -> HttpResponse:
    """Take access away, or leave."""

    def unshare(wanted: PurchaseList) -> str:
        grant_id = request.POST.get("grant", "")[:40]
        unshare_list(wanted, grant_id=grant_id, actor=request.actor, now=request.now)
        return _("Not shared any more.")

    return change_list(request, list_id, unshare)


def create_list_for(actor: Actor, request: PageRequest) -> PurchaseList:
    """A list for whom the form names: a scope, or the id of a unit."""
    place = request.POST.get("place", "") or Scope.PERSONAL.value
    unit = get_unit(actor, place) if place.startswith("unt_") else None
    return create_list(
        request.POST.get("name", "") or _("New list"),
        scope=Scope.UNIT.value if unit else place,
        unit=unit,
        actor=actor,
        now=request.now,
    )


def change_list(
    request: PageRequest, list_id: str, change: Callable[[PurchaseList], str]
) -> HttpResponse:
    """Do it and show the list as it is then; a refusal stands above it."""
    wanted = get_list(request.actor, list_id)
    try:
        said = change(wanted)
    except REFUSED as error:
        return show_list(request, list_id, error)
    messages.success(request, said)
    try:
        get_list(request.actor, list_id)
    except NotFound:
        return redirect(company_url(request.actor, "lists"))
    return redirect(company_url(request.actor, "list", list_id))


def show_list(
    request: PageRequest, list_id: str, error: PlacetError | None = None, **more: object
) -> HttpResponse:
    """The page of a list; a refusal with its status."""
    wanted = get_list(request.actor, list_id)
    page = read_page(request.actor, wanted, now=request.now)
    context = {"page": page, "error": error, "typed": request.POST, **more}
    status = error.status if error else 200
    return render(request, "web/lists/page.html", context, status=status)


def show_overview(request: PageRequest, error: PlacetError | None = None) -> HttpResponse:
    """One tab of the lists, with the form for a new one."""
    actor = request.actor
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else ""
    scopes = {"unit": Scope.UNIT, "company": Scope.COMPANY}
    lists = list_lists(actor, scope=scopes.get(tab, ""), is_archived=tab == "archived")
    if tab == "":
        lists = lists.filter(scope=Scope.PERSONAL)
    context = {
        "tab": tab,
        "page": page_of(lists, "changed_at", request.GET),
        "schedules": list_schedules(actor).exclude(status="ended") if tab == "schedules" else [],
        "refusal": can_keep_list(actor, Scope.PERSONAL, None),
        "places": list_places(actor),
        "error": error,
        "name": request.POST.get("name", ""),
    }
    status = error.status if error else 200
    return render(request, "web/lists/overview.html", context, status=status)
