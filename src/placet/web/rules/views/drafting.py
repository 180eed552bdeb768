"""The draft: looked at, changed a rule at a time, put away."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from placet.core.errors import Conflict, InvalidInput
from placet.rulebooks.actions import discard_draft
from placet.rulebooks.errors import DraftChanged
from placet.web.rules.draft_page import read_draft_page
from placet.web.rules.edits import MOVES, position_of, put_back, without_examples_of
from placet.web.rules.head_form import HeadForm
from placet.web.rules.texts import (
    Seen,
    WorkingText,
    expect_seen,
    keep_text,
    open_text,
    read_seen,
    readable_document,
)
from placet.web.shell import PageRequest, company_page, company_url

REMOVED = "removed_rule"


@require_GET
@company_page
def rulebook_draft(request: PageRequest, rulebook_id: str) -> HttpResponse:
    """The text that is written, or the published one to begin with."""
    text = open_text(request.actor, rulebook_id)
    return show_draft(request, text)


@require_POST
@company_page
def rule_change(request: PageRequest, rulebook_id: str) -> HttpResponse:
    """Move, copy, remove a rule, or put it back as it is published."""
    text, seen = open_text(request.actor, rulebook_id), read_seen(request.POST)
    rule, wish = request.POST.get("rule", ""), request.POST.get("do", "")
    try:
        expect_seen(text, seen)
        anchor = _change(request, text, seen, rule, wish)
    except (Conflict, InvalidInput) as error:
        messages.error(request, error.detail)
        anchor = rule
    return redirect(company_url(request.actor, "rulebook_draft", rulebook_id) + f"#{anchor}")


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def draft_settings(request: PageRequest, rulebook_id: str) -> HttpResponse:
    """What holds without a rule, which amounts count, who is asked over limits and budgets."""
    text = open_text(request.actor, rulebook_id)
    posted = request.POST if request.method == "POST" else None
    form = HeadForm(posted, rulebook=text.rulebook, document=text.document)
    conflict = ""
    if posted is not None and form.is_valid():
        try:
            _keep_settings(request, text, read_seen(posted), form)
            return redirect(company_url(request.actor, "rulebook_draft", rulebook_id))
        except Conflict as error:
            conflict = error.detail
            text = open_text(request.actor, rulebook_id)
        except InvalidInput as error:
            form.add_error(None, error.detail)
    status = 409 if conflict else 422 if form.errors else 200
    now_is = HeadForm(None, rulebook=text.rulebook, document=text.document) if conflict else None
    context = {"form": form, "text": text, "conflict": conflict, "now_is": now_is}
    return render(request, "web/rules/settings.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def draft_discard(request: PageRequest, rulebook_id: str) -> HttpResponse:
    """A draft cannot be brought back, so the rulebook's name is typed."""
    text = open_text(request.actor, rulebook_id)
    if text.draft is None:
        messages.info(request, _("There is no draft any more."))
        return redirect(company_url(request.actor, "rulebook", rulebook_id))
    typed = request.POST.get("typed", "")
    is_refused = request.method == "POST" and typed.strip() != text.rulebook.name
    if request.method == "POST" and not is_refused:
        return _discard(request, text)
    page = read_draft_page(text, actor=request.actor, now=request.now)
    context = {"page": page, "text": text, "typed": typed, "is_refused": is_refused}
    status = 422 if is_refused else 200
    return render(request, "web/rules/discard.html", context, status=status)


def show_draft(
    request: PageRequest, text: WorkingText, *, status: int = 200, **more: object
) -> HttpResponse:
    """The page of a draft; ``more`` is what a refused form brings back."""
    page = read_draft_page(text, actor=request.actor, now=request.now)
    removed = request.session.get(REMOVED) or {}
    context = {
        "page": page,
        "text": text,
        "removed": removed if removed.get("seen") == _mark(text) else None,
        **more,
    }
    return render(request, "web/rules/draft.html", context, status=status)


def _mark(text: WorkingText) -> str:
    return f"{text.rulebook.pk}:{text.version}"


def _change(request: PageRequest, text: WorkingText, seen: Seen, rule: str, wish: str) -> str:
    """Do it, and say which rule to look at; raises what the action refuses."""
    document, examples = text.document, text.examples
    if wish == "restore":
        document = _restored(text, rule)
    elif wish == "undo":
        document, examples = _undone(request, text)
    elif wish in MOVES:
        document = MOVES[wish](text.document, rule)
    else:
        raise InvalidInput("do", "unknown_choice", _("There is no such thing to do with a rule."))
    lost: list[dict[str, object]] = []
    if wish == "remove":
        examples, gone = without_examples_of(text.examples, rule)
        lost = [dict(example) for example in gone]
    if document == text.document:
        return rule
    draft = keep_text(
        text, seen, document=document, examples=examples, actor=request.actor, now=request.now
    )
    if wish == "remove":
        index = position_of(text.document, rule)
        removed = text.document["rules"][index]
        request.session[REMOVED] = {
            "seen": f"{text.rulebook.pk}:{draft.version}",
            "index": index,
            "rule": json.dumps(removed),
            "examples": json.dumps(lost),
        }
        _say_removed(request, len(lost))
        return "rules"
    return rule


def _say_removed(request: PageRequest, examples: int) -> None:
    if examples:
        said = ngettext(
            "The rule is out of the draft, and its example with it.",
            "The rule is out of the draft, and its %(count)d examples with it.",
            examples,
        )
        messages.success(request, said % {"count": examples})
    else:
        messages.success(request, _("The rule is out of the draft."))


def _restored(text: WorkingText, rule: str) -> dict[str, object]:
    """The text with this rule as it is published."""
    published = text.rulebook.published
    before = readable_document(published) if published else None
    if before is None:
        raise InvalidInput("rule", "unknown", _("Nothing is published that could be put back."))
    index = position_of(before, rule)
    return put_back(text.document, before["rules"][index], index)


def _undone(
    request: PageRequest, text: WorkingText
) -> tuple[dict[str, object], list[dict[str, object]]]:
    """The text with the rule that was removed last, and its examples."""
    removed = request.session.pop(REMOVED, None)
    if not removed or removed["seen"] != _mark(text):
        raise DraftChanged(_("The draft has moved on; nothing was put back."))
    document = put_back(text.document, json.loads(removed["rule"]), removed["index"])
    return document, [*text.examples, *json.loads(removed["examples"])]


def _keep_settings(request: PageRequest, text: WorkingText, seen: Seen, form: HeadForm) -> None:
    expect_seen(text, seen)
    document = form.changed_document()
    if document == text.document:
        messages.info(request, _("Nothing changed."))
        return
    keep_text(text, seen, document=document, actor=request.actor, now=request.now)
    messages.success(request, _("Kept in the draft."))


def _discard(request: PageRequest, text: WorkingText) -> HttpResponse:
    seen = read_seen(request.POST)
    try:
        discard_draft(
            text.rulebook, version=seen.version or 0, actor=request.actor, now=request.now
        )
    except Conflict as error:
        messages.error(request, error.detail)
        return redirect(company_url(request.actor, "rulebook_draft", text.rulebook.pk))
    messages.success(request, _("The draft is gone. What is published holds as before."))
    return redirect(company_url(request.actor, "rulebook", text.rulebook.pk))
