"""Approval rules as sentences: what applies now, what applied before, what changed between."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from placet.companies.permissions import COMPANY_MANAGE, RULE_MANAGE
from placet.core.errors import NotFound
from placet.rulebooks.queries import get_rulebook, list_kept_rulebooks, list_rulebooks
from placet.rulebooks.schema import rulebook_schema
from placet.web.access import require_anywhere
from placet.web.customers.page import get_customer
from placet.web.rules.comparing import read_comparison
from placet.web.rules.household import read_choices
from placet.web.rules.page import may_keep, read_rulebooks, read_version
from placet.web.rules.places import arrange, list_place_choices, may_create
from placet.web.shell import PageRequest, company_page


@require_GET
@company_page
def rule_list(request: PageRequest) -> HttpResponse:
    """Every rulebook of the company with the version in force, or those that hold for a unit."""
    actor = request.actor
    require_anywhere(actor, RULE_MANAGE)
    rulebooks = list(list_rulebooks(actor))
    unit_id = request.GET.get("unit", "")
    placed = arrange(actor, rulebooks, unit_id)
    shown = read_rulebooks(actor, placed, now=request.now)
    context = {
        "rulebooks": shown,
        "units": list_place_choices(actor, rulebooks),
        "unit_id": unit_id,
        "rule_count": sum(len(book.rules) for book in shown),
        "may_create": may_create(actor),
        "may_keep": len(shown) == 1 and may_keep(actor, shown[0].rulebook),
        "household": read_choices(actor, shown),
        "asked_keeping": [one for one in rulebooks if one.asked_keeper],
        "may_answer": actor.holds(COMPANY_MANAGE),
    }
    return render(request, "web/rules/list.html", context)


@require_GET
@company_page
def rulebook(request: PageRequest, rulebook_id: str) -> HttpResponse:
    """One rulebook: its rules in force, its versions, who keeps it."""
    require_anywhere(request.actor, RULE_MANAGE)
    found = get_rulebook(request.actor, rulebook_id)
    shown = read_rulebooks(request.actor, [found], now=request.now)[0]
    context = {"shown": shown, "may_keep": may_keep(request.actor, found)}
    return render(request, "web/rules/page.html", context)


@require_GET
@company_page
def rule_version(request: PageRequest, rulebook_id: str, number: int) -> HttpResponse:
    """One version of a rulebook as it was published."""
    require_anywhere(request.actor, RULE_MANAGE)
    found = get_rulebook(request.actor, rulebook_id)
    shown = read_version(request.actor, found, number, now=request.now)
    context = {"shown": shown, "may_keep": may_keep(request.actor, found)}
    return render(request, "web/rules/version.html", context)


@require_GET
@company_page
def rule_difference(request: PageRequest, rulebook_id: str) -> HttpResponse:
    """What changed between two versions, or a version and the draft."""
    require_anywhere(request.actor, RULE_MANAGE)
    found = get_rulebook(request.actor, rulebook_id)
    wanted = (request.GET.get("from", ""), request.GET.get("to", ""))
    comparison = read_comparison(request.actor, found, *wanted)
    return render(request, "web/rules/difference.html", {"comparison": comparison})


@require_GET
@company_page
def customer_rules(request: PageRequest, customer_id: str) -> HttpResponse:
    """The rulebooks that the merchant keeps for one customer, or with them."""
    if not request.actor.is_merchant:
        raise NotFound
    require_anywhere(request.actor, RULE_MANAGE)
    company = get_customer(request.actor, customer_id)
    kept = list(list_kept_rulebooks(request.actor).filter(company=company))
    shown = read_rulebooks(request.actor, kept, now=request.now)
    return render(request, "web/rules/customer.html", {"rulebooks": shown, "company": company})


@require_GET
def rulebook_schema_file(_request: HttpRequest) -> HttpResponse:
    """The JSON schema of a rulebook's file, for editors that complete and check it."""
    answer = JsonResponse(rulebook_schema(), json_dumps_params={"indent": 2})
    answer["Content-Type"] = "application/schema+json"
    answer["Cache-Control"] = "public, max-age=3600"
    return answer
