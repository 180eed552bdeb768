"""The log of calls: what the company's programs asked in thirty days, and what they were told."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from placet.calls.queries import EVERYTHING, get_call, list_calls
from placet.companies.models import ApiKey, Member
from placet.companies.permissions import KEY_MANAGE, require
from placet.core.clock import real_now
from placet.web.calls.forms import OUTCOMES, CallForm
from placet.web.paging import page_of
from placet.web.shell import PageRequest, company_page


@require_GET
@company_page
def call_list(request: PageRequest) -> HttpResponse:
    """Calls of the company's keys, newest first."""
    require(request.actor, KEY_MANAGE)
    keys = list(ApiKey.objects.filter(company_id=request.actor.company_id).order_by("name", "pk"))
    form = CallForm(request.GET)
    form.offer_keys(keys)
    wanted = form.meant(request.actor.time_zone)
    page = page_of(list_calls(request.actor, wanted), "created_at", request.GET)
    names = {key.pk: key.name for key in keys}
    context = {
        "form": form,
        "page": page,
        "rows": [(row, names.get(row.key_id, row.key_id)) for row in page.rows],
        "outcome": wanted.outcome,
        "outcomes": OUTCOMES,
        "has_keys": bool(keys),
        "is_narrowed": wanted != EVERYTHING,
        "real_now": real_now(),
    }
    return render(request, "web/calls/list.html", context)


@require_GET
@company_page
def call(request: PageRequest, call_id: str) -> HttpResponse:
    """One call: when, which key, for whom, what became of it and in what time."""
    require(request.actor, KEY_MANAGE)
    found = get_call(request.actor, call_id)
    company_id = request.actor.company_id
    key = ApiKey.objects.filter(pk=found.key_id, company_id=company_id).first()
    member = Member.objects.filter(pk=found.member_id, company_id=company_id)
    context = {
        "call": found,
        "key": key,
        "member": member.select_related("user").first(),
        "real_now": real_now(),
    }
    return render(request, "web/calls/call.html", context)
