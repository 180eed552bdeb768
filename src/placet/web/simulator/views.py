"""The simulator: what a purchase would need, under what holds or under a draft."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from placet.web.shell import PageRequest, company_page, company_url
from placet.web.simulator.page import context_of, read_simulator
from placet.web.simulator.wish import read_wish


@require_GET
@company_page
def simulator(request: PageRequest) -> HttpResponse:
    """The purchase in the address, and what it would need; the address can be sent on."""
    wish = read_wish(request.GET)
    page = read_simulator(request.actor, wish, now=request.now)
    status = 422 if page.error else 200
    answer = render(request, "web/simulator/page.html", context_of(page), status=status)
    if request.htmx:
        answer["HX-Push-Url"] = f"{company_url(request.actor, 'simulator')}?{wish.address()}"
    return answer
