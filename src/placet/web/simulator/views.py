"""The simulator: what a purchase would need, under what holds or under a draft."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from placet.web.shell import PageRequest, company_page


@require_GET
@company_page
def simulator(request: PageRequest) -> HttpResponse:
    """The purchase in the address, and what it would need."""
    return render(request, "web/simulator/page.html")
