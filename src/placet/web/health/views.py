"""Approvals health: where purchases wait, on whom, and who will be missing."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from placet.requisitions.health import require_health
from placet.web.health.page import read_health
from placet.web.shell import PageRequest, company_page


@require_GET
@company_page
def health(request: PageRequest) -> HttpResponse:
    """For those who manage the company, or a unit of it: then that unit and those below it."""
    require_health(request.actor)
    page = read_health(request.actor, now=request.now)
    return render(request, "web/health/page.html", {"page": page})
