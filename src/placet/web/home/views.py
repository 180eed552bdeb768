"""Home: what waits for me first, then what I wait for, then money and drafts."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from placet.web.checklist.page import find_unfinished
from placet.web.home.page import read_home
from placet.web.inbox.held import list_held
from placet.web.shell import PageRequest, company_page
from placet.web.today.page import read_today


@require_GET
@company_page
def home(request: PageRequest) -> HttpResponse:
    """One sentence about today, and the lists behind it; for the supplier's people their day."""
    actor = request.actor
    request.ui.held = list_held(actor, now=request.now)
    context: dict[str, object] = {"checklist": find_unfinished(actor)}
    if actor.is_merchant:
        context["today"] = read_today(actor, now=request.now)
        return render(request, "web/today/page.html", context)
    context["home"] = read_home(actor, now=request.now)
    return render(request, "web/home.html", context)
