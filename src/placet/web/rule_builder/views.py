"""The rule builder: one rule of a rulebook as a form. Every button is a submit of all of it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from placet.web.rule_builder.answering import answer_form, show_form
from placet.web.rule_builder.page import open_rule
from placet.web.rule_builder.rules import settle_rule
from placet.web.rule_builder.source import read_source
from placet.web.rule_builder.starters import find_starter, list_starters
from placet.web.shell import PageRequest, company_page


@require_http_methods(["GET", "POST"])
@company_page
def rule_new(request: PageRequest, rulebook_id: str) -> HttpResponse:
    """A rule that the rulebook does not have yet: first where to begin, then the form."""
    source = read_source(request.actor, rulebook_id)
    if request.method == "POST":
        return answer_form(request, source, "")
    side = source.rulebook.side
    if "start" not in request.GET:
        context = {"source": source, "starters": list_starters(side)}
        return render(request, "web/rule_builder/start.html", context)
    starter = find_starter(side, request.GET["start"])
    slot = open_rule(source, {"when": starter.when, "then": starter.then}, request.actor)
    settle_rule(slot)
    return show_form(request, slot, source, "")


@require_http_methods(["GET", "POST"])
@company_page
def rule_edit(request: PageRequest, rulebook_id: str, rule: str) -> HttpResponse:
    """A rule of the draft, or of what is published while there is no draft."""
    source = read_source(request.actor, rulebook_id)
    if request.method == "POST":
        return answer_form(request, source, rule)
    slot = open_rule(source, source.get_rule(rule), request.actor)
    settle_rule(slot)
    return show_form(request, slot, source, rule)
