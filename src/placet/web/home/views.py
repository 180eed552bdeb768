"""Home: what waits for me first, then what I wait for, then money and drafts."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from placet.companies.permissions import ORDER_PROCESS
from placet.web.checklist.page import find_unfinished
from placet.web.home.page import read_home
from placet.web.inbox.held import list_held
from placet.web.shell import PageRequest, company_page, company_url


@require_GET
@company_page
def home(request: PageRequest) -> HttpResponse:
    """One sentence about today, and the lists behind it."""
    actor = request.actor
    if actor.is_merchant and actor.holds(ORDER_PROCESS):
        return redirect(company_url(actor, "orders") + "?status=unprocessed")
    request.ui.held = list_held(actor, now=request.now)
    context = {"home": read_home(actor, now=request.now), "checklist": find_unfinished(actor)}
    return render(request, "web/home.html", context)
