"""How a submit of the form is answered: with the form again, with what is live, or by saving."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from placet.core.errors import Conflict, InvalidInput, PlacetError
from placet.web.rule_builder.live import count
from placet.web.rule_builder.moves import focus_after, make_move
from placet.web.rule_builder.page import build, draw_page, languages_of
from placet.web.rule_builder.places import Moved
from placet.web.rule_builder.rules import settle_rule
from placet.web.rule_builder.saving import save_rule
from placet.web.rule_builder.slots import Slot, read_slots
from placet.web.rule_builder.source import Source, read_source
from placet.web.rules.texts import Seen, read_seen
from placet.web.shell import PageRequest, company_url

LIVE: Final = "rule-live"
"""The part of the page that follows every change of a text."""
COUNT: Final = "rule-count"
"""The part that is asked for when everything else is there: counting takes the longest."""


def answer_form(request: PageRequest, source: Source, rule_id: str) -> HttpResponse:
    """Do what the pressed button wishes; without one the form is only looked at again."""
    slot = read_slots(request.POST.lists())
    wish = request.POST.get("do", "")
    is_strict = bool(request.POST.get("strict"))
    if wish == "save":
        settle_rule(slot)
        return _save(request, slot, source, rule_id)
    moved = make_move(slot, wish, languages_of(source)) if wish not in ("", "look") else None
    settle_rule(slot)
    if moved is None and request.htmx:
        moved = Moved("", focus_after(slot, request.htmx.trigger or ""))
    return show_form(request, slot, source, rule_id, moved=moved, is_strict=is_strict)


def show_form(
    request: PageRequest,
    slot: Slot,
    source: Source,
    rule_id: str,
    *,
    status: int = 200,
    **how: Any,
) -> HttpResponse:
    """The whole page, the form alone, or only what stands beside it."""
    if request.htmx and request.htmx.target == COUNT:
        return _show_count(request, slot, source, rule_id)
    page = draw_page(
        slot,
        source,
        rule_id,
        with_count=not request.htmx,
        actor=request.actor,
        now=request.now,
        **how,
    )
    template = "page"
    if request.htmx:
        template = "live" if request.htmx.target == LIVE else "form"
    context = {"page": page, "seen": _seen(request, source, how.get("refused"))}
    return render(request, f"web/rule_builder/{template}.html", context, status=status)


def _show_count(request: PageRequest, slot: Slot, source: Source, rule_id: str) -> HttpResponse:
    built = build(slot, source, rule_id)
    touched = count(built, source, actor=request.actor, now=request.now)
    context = {"touched": touched, "source": source}
    return render(request, "web/rule_builder/count.html", context)


def _seen(request: PageRequest, source: Source, refused: PlacetError | None) -> Seen:
    """The text that the form is about: the one it was opened on, until a refusal told the news."""
    if request.method == "POST" and not isinstance(refused, Conflict):
        return read_seen(request.POST)
    return Seen(source.text.version, source.text.based_on)


def _save(request: PageRequest, slot: Slot, source: Source, rule_id: str) -> HttpResponse:
    built = build(slot, source, rule_id)
    if built.book is None:
        first = built.problems[0]
        moved = Moved(_("It was not saved. %(why)s") % {"why": first.sentence}, first.control)
        how = {"moved": moved, "is_strict": True}
        return show_form(request, slot, source, rule_id, status=422, **how)
    actor, now = request.actor, request.now
    try:
        save_rule(built, source, rule_id, read_seen(request.POST), actor=actor, now=now)
    except (Conflict, InvalidInput) as error:
        fresh = read_source(actor, source.rulebook.pk)
        return show_form(request, slot, fresh, rule_id, status=error.status, refused=error)
    messages.success(request, _("The rule is in the draft. It holds once that is published."))
    to = company_url(actor, "rulebook_draft", source.rulebook.pk)
    return HttpResponseClientRedirect(to) if request.htmx else redirect(to)
