"""The draft: looked at, changed a rule at a time, put away."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from placet.core.errors import Conflict, InvalidInput
from placet.rulebooks.actions import discard_draft
from placet.web.rules.changing import edit_of, keep_edit, mark_of
from placet.web.rules.draft_page import read_draft_page
from placet.web.rules.head_form import HeadForm
from placet.web.rules.texts import (
    Seen,
    WorkingText,
    expect_seen,
    keep_text,
    open_text,
    read_seen,
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
        edit = edit_of(text, wish, rule, request.session.pop(REMOVED, None))
        draft = keep_edit(text, seen, edit, actor=request.actor, now=request.now)
        if edit.removed is not None and draft is not None:
            request.session[REMOVED] = {**edit.removed, "seen": mark_of(text, draft.version)}
            messages.success(request, edit.said)
    except (Conflict, InvalidInput) as error:
        messages.error(request, error.detail)
    return redirect(company_url(request.actor, "rulebook_draft", rulebook_id) + f"#{rule}")


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
        "removed": removed if removed.get("seen") == mark_of(text, text.version) else None,
        **more,
    }
    return render(request, "web/rules/draft.html", context, status=status)


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
