"""What a member was told: the list, one line of it, and the bell that asks how many are new."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from placet.notices.actions import read_all_notices, read_notice
from placet.notices.queries import count_unread_notices, get_notice, list_notices
from placet.web.paging import page_of
from placet.web.shell import PageRequest, company_page, company_signal, company_url

ICONS: Mapping[str, str] = {
    "asked": "inbox",
    "reminded": "alarm-clock",
    "returned": "undo-2",
    "ordered": "package-check",
    "suggested": "lightbulb",
    "talk": "message-square",
    "budgets": "gauge",
    "runs": "circle-check",
    "applications": "building-2",
}


@require_safe
@company_page
def notices(request: PageRequest) -> HttpResponse:
    """Everything that is kept, newest first, or only what was not read."""
    found = list_notices(request.actor)
    is_new_only = request.GET.get("show") == "new"
    if is_new_only:
        found = found.filter(read_at=None)
    page = page_of(found, "created_at", request.GET)
    context = {
        "page": page,
        "rows": [(row, ICONS.get(row.topic, "bell")) for row in page.rows],
        "is_new_only": is_new_only,
    }
    return render(request, "web/notices/list.html", context)


@never_cache
@require_GET
@company_page
def notice(request: PageRequest, notice_id: str) -> HttpResponse:
    """Follow a line: it counts as read, as any page that was looked at does."""
    found = get_notice(request.actor, notice_id)
    read_notice(found, actor=request.actor, now=request.now)
    return redirect(found.path)


@require_POST
@company_page
def notices_read(request: PageRequest) -> HttpResponse:
    """Everything is read."""
    count = read_all_notices(actor=request.actor, now=request.now)
    if count:
        said = ngettext("%(n)d notice is read now.", "%(n)d notices are read now.", count)
        messages.success(request, said % {"n": count})
    return redirect(company_url(request.actor, "notices"))


@never_cache
@require_GET
@company_signal
def bell(request: PageRequest) -> HttpResponse:
    """How many are new; nothing at all (204) as long as it is what the page shows already."""
    count = count_unread_notices(request.actor)
    if request.GET.get("seen") == str(count):
        return HttpResponse(status=204)
    return render(request, "web/notices/bell.html", {"unread": count})
