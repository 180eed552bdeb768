"""The rule builder: one rule of a rulebook as a form."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from placet.web.rule_builder.source import read_source
from placet.web.shell import PageRequest, company_page


@require_GET
@company_page
def rule_new(request: PageRequest, rulebook_id: str) -> HttpResponse:
    """A rule that the rulebook does not have yet."""
    source = read_source(request.actor, rulebook_id)
    return render(request, "web/rule_builder/page.html", {"source": source})


@require_GET
@company_page
def rule_edit(request: PageRequest, rulebook_id: str, rule: str) -> HttpResponse:
    """A rule of the draft, or of what is published."""
    source = read_source(request.actor, rulebook_id)
    context = {"source": source, "rule": source.find_rule(rule)}
    return render(request, "web/rule_builder/page.html", context)
