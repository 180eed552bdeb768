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
from placet.rulebooks.queries import get_version, list_examples
from placet.web.rules.changes import read_changes
from placet.web.rules.merging import merge_texts
from placet.web.rules.texts import (
    empty_text,
    keep_text,
    open_rulebook,
    open_text,
    read_seen,
    readable_document,
    working_text,
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
    published = text.rulebook.published
    now_is = readable_document(published) if published else None
    back = redirect(company_url(request.actor, "rulebook_draft", rulebook_id))
    if text.draft is None or not text.is_outdated or published is None or now_is is None:
        messages.info(request, _("The draft is up to date."))
        return back
    base = readable_document(text.draft.based_on) if text.draft.based_on else None
    merged = merge_texts(base or empty_text(text.rulebook), now_is, text.document)
    rules = {rule["id"] for rule in merged.document["rules"]}
    known = [*text.examples, *(e for e in list_examples(published) if e not in text.examples)]
    examples = [example for example in known if example.get("rule", "") in {"", *rules}]
    try:
        keep_text(
            text,
            seen,
            document=merged.document,
            examples=examples,
            based_on=published.number,
            actor=request.actor,
            now=request.now,
        )
        _say_merged(request, published.number, merged.contested)
    except (Conflict, InvalidInput) as error:
        messages.error(request, error.detail)
    return back


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def version_restore(request: PageRequest, rulebook_id: str, number: int) -> HttpResponse:
    """An old version as the draft: what would change is shown first; a draft is replaced."""
    rulebook = open_rulebook(request.actor, rulebook_id)
    text = working_text(rulebook)
    version = get_version(request.actor, rulebook_id, number)
    document = readable_document(version)
    if document is None:
        raise NotFound(_("This version cannot be read any more."))
    conflict = ""
    if request.method == "POST":
        try:
            keep_text(
                text,
                read_seen(request.POST),
                document=document,
                examples=list_examples(version),
                based_on=rulebook.published.number if rulebook.published else None,
                actor=request.actor,
                now=request.now,
            )
            said = _("The draft says what version %(number)d said.") % {"number": number}
            messages.success(request, said)
            return redirect(company_url(request.actor, "rulebook_draft", rulebook_id))
        except (Conflict, InvalidInput) as error:
            conflict, text = error.detail, working_text(rulebook)
    published = readable_document(rulebook.published) if rulebook.published else None
    context = {
        "text": text,
        "version": version,
        "changes": read_changes(published, document, rulebook, request.actor),
        "conflict": conflict,
    }
    status = 409 if conflict else 200
    return render(request, "web/rules/restore.html", context, status=status)


def _say_merged(request: PageRequest, number: int, contested: tuple[str, ...]) -> None:
    if not contested:
        messages.success(request, _("Version %(number)d is in the draft now.") % {"number": number})
        return
    said = ngettext(
        "Version %(number)d is in the draft. Both changed %(names)s: look at it again.",
        "Version %(number)d is in the draft. Both changed these: %(names)s. Look at them again.",
        len(contested),
    )
    messages.warning(request, said % {"number": number, "names": ", ".join(contested)})
