"""Making a draft the rules that hold, bringing it up to date, starting from an old version."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from placet.core.errors import Conflict, InvalidInput, NotFound
from placet.plans.actions import publish_draft
from placet.rulebooks.models import RulebookVersion
from placet.rulebooks.queries import get_version, list_examples
from placet.web.rules.changes import read_changes
from placet.web.rules.merging import Merged
from placet.web.rules.merging_drafts import merge_published
from placet.web.rules.texts import (
    WorkingText,
    keep_text,
    open_text,
    read_seen,
    readable_document,
)
from placet.web.rules.views.drafting import show_draft
from placet.web.shell import PageRequest, company_page, company_url


@require_POST
@company_page
def draft_publish(request: PageRequest, rulebook_id: str) -> HttpResponse:
    """Publish what was seen; what refuses is shown on the draft's page, and the note stays."""
    text, seen = open_text(request.actor, rulebook_id), read_seen(request.POST)
    note = request.POST.get("note", "")
    if len(note) > 400:
        refused = _("A note has at most 400 characters.")
        return show_draft(request, text, status=422, refused=refused, note=note)
    try:
        version = publish_draft(
            text.rulebook,
            version=seen.version or 0,
            note=note.strip(),
            actor=request.actor,
            now=request.now,
        )
    except Conflict as error:
        text = open_text(request.actor, rulebook_id)
        return show_draft(request, text, status=409, refused=error.detail, note=note)
    said = _("Version %(number)d holds from now on. What waits keeps its rules.")
    messages.success(request, said % {"number": version.number})
    return redirect(company_url(request.actor, "rulebook", rulebook_id))


@require_POST
@company_page
def draft_merge(request: PageRequest, rulebook_id: str) -> HttpResponse:
    """Put the draft's changes on top of the version that was published meanwhile."""
    text, seen = open_text(request.actor, rulebook_id), read_seen(request.POST)
    try:
        merged = merge_published(text, seen, actor=request.actor, now=request.now)
        _say_merged(request, merged)
    except (Conflict, InvalidInput) as error:
        messages.error(request, error.detail)
    return redirect(company_url(request.actor, "rulebook_draft", rulebook_id))


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def version_restore(request: PageRequest, rulebook_id: str, number: int) -> HttpResponse:
    """An old version as the draft: what would change is shown first; a draft is replaced."""
    text = open_text(request.actor, rulebook_id)
    version = get_version(request.actor, rulebook_id, number)
    document = readable_document(version)
    if document is None:
        raise NotFound(_("This version cannot be read any more."))
    conflict = _restore(request, text, version) if request.method == "POST" else ""
    if conflict is None:
        return redirect(company_url(request.actor, "rulebook_draft", rulebook_id))
    published = text.rulebook.published
    before = readable_document(published) if published else None
    context = {
        "text": open_text(request.actor, rulebook_id) if conflict else text,
        "version": version,
        "changes": read_changes(before, document, text.rulebook, request.actor),
        "conflict": conflict,
    }
    status = 409 if conflict else 200
    return render(request, "web/rules/restore.html", context, status=status)


def _restore(request: PageRequest, text: WorkingText, version: RulebookVersion) -> str | None:
    """Nothing when it is the draft now, else why not."""
    published = text.rulebook.published
    try:
        keep_text(
            text,
            read_seen(request.POST),
            document=readable_document(version),
            examples=list_examples(version),
            based_on=published.number if published else None,
            actor=request.actor,
            now=request.now,
        )
    except (Conflict, InvalidInput) as error:
        return error.detail
    said = _("The draft says what version %(number)d said.") % {"number": version.number}
    messages.success(request, said)
    return None


def _say_merged(request: PageRequest, merged: Merged | None) -> None:
    if merged is None:
        messages.info(request, _("The draft is up to date."))
    elif not merged.contested:
        messages.success(request, _("What was published is in the draft now."))
    else:
        said = ngettext(
            "What was published is in the draft now. Both changed %(names)s: look at it again.",
            "What was published is in the draft now. Both changed these: %(names)s. Look at them.",
            len(merged.contested),
        )
        messages.warning(request, said % {"names": ", ".join(merged.contested)})
