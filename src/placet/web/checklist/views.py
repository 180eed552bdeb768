"""The page of the set-up: what is done, what is left, and where."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from placet.companies.permissions import COMPANY_MANAGE, require
from placet.core.errors import NotFound
from placet.web.checklist.page import read_checklist
from placet.web.shell import PageRequest, company_page


@require_GET
@company_page
def checklist(request: PageRequest) -> HttpResponse:
    """All of it, done or not."""
    require(request.actor, COMPANY_MANAGE)
    found = read_checklist(request.actor)
    if found is None:
        raise NotFound
    return render(request, "web/checklist/page.html", {"checklist": found})
