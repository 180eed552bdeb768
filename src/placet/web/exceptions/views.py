"""What is stuck at the orders desk: each row with a sentence, since when, and one way on."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from placet.companies.permissions import ORDER_PROCESS, can_do
from placet.web.exceptions.page import read_exceptions
from placet.web.shell import PageRequest, company_page


@require_GET
@company_page
def exceptions(request: PageRequest) -> HttpResponse:
    """Everything that needs somebody, the oldest first; ``kind`` leaves one kind of it."""
    actor = request.actor
    refusal = can_do(actor, ORDER_PROCESS)
    may_see = actor.is_merchant and refusal is None
    context = {
        "page": read_exceptions(actor, request.GET, now=request.now) if may_see else None,
        "kind": request.GET.get("kind", ""),
        "refusal": refusal,
    }
    return render(request, "web/exceptions/list.html", context)
