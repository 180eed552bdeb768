"""What is stuck at the orders desk: each row with a sentence, since when, and one way on."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from placet.companies.permissions import ORDER_PROCESS, can_do
from placet.web.exceptions.page import KINDS, MOST_OF_A_KIND, list_exceptions
from placet.web.shell import PageRequest, company_page


@require_GET
@company_page
def exceptions(request: PageRequest) -> HttpResponse:
    """Everything that needs somebody, the oldest first; ``kind`` leaves one kind of it."""
    refusal = can_do(request.actor, ORDER_PROCESS)
    found = (
        []
        if refusal or not request.actor.is_merchant
        else list_exceptions(request.actor, now=request.now)
    )
    kind = request.GET.get("kind", "")
    rows = [row for row in found if not kind or row.kind == kind]
    tabs = [(key, label, sum(row.kind == key for row in found)) for key, label in KINDS]
    context = {
        "rows": rows,
        "tabs": tabs,
        "kind": kind,
        "total": len(found),
        "most": MOST_OF_A_KIND,
        "refusal": refusal,
    }
    return render(request, "web/exceptions/list.html", context)
