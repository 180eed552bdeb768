"""Approval rules as sentences: what applies now, and what applied before. Read-only."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from placet.companies.permissions import RULE_MANAGE
from placet.rulebooks.queries import get_rulebook, list_rulebooks
from placet.web.access import require_anywhere
from placet.web.rules.page import read_rulebooks, read_version
from placet.web.shell import PageRequest, company_page


@require_GET
@company_page
def rule_list(request: PageRequest) -> HttpResponse:
    """Every rulebook of the company with the version that is in force."""
    require_anywhere(request.actor, RULE_MANAGE)
    shown = read_rulebooks(request.actor, list(list_rulebooks(request.actor)))
    return render(request, "web/rules/list.html", {"rulebooks": shown})


@require_GET
@company_page
def rule_version(request: PageRequest, rulebook_id: str, number: int) -> HttpResponse:
    """One version of a rulebook as it was published."""
    require_anywhere(request.actor, RULE_MANAGE)
    rulebook = get_rulebook(request.actor, rulebook_id)
    return render(
        request, "web/rules/version.html", {"shown": read_version(request.actor, rulebook, number)}
    )
