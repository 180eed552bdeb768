"""Rules as a YAML file: the same text in git, on screen and in the database."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from placet.companies.permissions import RULE_MANAGE
from placet.companies.refusals import refuse
from placet.core.errors import Conflict, InvalidInput, NotFound
from placet.rulebooks.files import read_file, write_file
from placet.rulebooks.permissions import can_manage_rulebook
from placet.rulebooks.queries import find_draft, get_rulebook, get_version, list_examples
from placet.web.access import require_anywhere
from placet.web.rules.import_form import ImportForm, show_faults
from placet.web.rules.texts import keep_text, open_text, read_seen, readable_document
from placet.web.shell import PageRequest, company_page, company_url


@require_GET
@company_page
def rulebook_export(request: PageRequest, rulebook_id: str) -> HttpResponse:
    """The file of a version (``?of=7``), of the draft (``?of=draft``), else of what holds."""
    require_anywhere(request.actor, RULE_MANAGE)
    rulebook = get_rulebook(request.actor, rulebook_id)
    of = request.GET.get("of", "")
    stored = rulebook.published
    if of == "draft":
        refuse(can_manage_rulebook(request.actor, rulebook))
        stored = find_draft(rulebook)
    elif of.isascii() and of.isdigit():
        stored = get_version(request.actor, rulebook_id, int(of[:9]))
    document = readable_document(stored) if stored else None
    if stored is None or document is None:
        raise NotFound(_("There is no such text of this rulebook."))
    text = write_file(document, list_examples(stored))
    number = "draft" if of == "draft" else stored.number
    name = f"{slugify(rulebook.name) or 'rulebook'}-{number}.yaml"
    answer = HttpResponse(text, content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def rulebook_import(request: PageRequest, rulebook_id: str) -> HttpResponse:
    """A file or a pasted text becomes the draft; what is published changes when it is published."""
    text = open_text(request.actor, rulebook_id)
    is_sent = request.method == "POST"
    form = ImportForm(request.POST, request.FILES) if is_sent else ImportForm()
    conflict = ""
    if is_sent and form.is_valid():
        try:
            read = read_file(form.cleaned_data["whole"])
            keep_text(
                text,
                read_seen(request.POST),
                document=read.document,
                examples=read.examples,
                actor=request.actor,
                now=request.now,
            )
            messages.success(request, _("The file is the draft now. Look at it before publishing."))
            return redirect(company_url(request.actor, "rulebook_draft", rulebook_id))
        except Conflict as error:
            conflict, text = error.detail, open_text(request.actor, rulebook_id)
        except InvalidInput as error:
            show_faults(form, error)
    status = 409 if conflict else 422 if form.errors else 200
    context = {"form": form, "text": text, "conflict": conflict}
    return render(request, "web/rules/import.html", context, status=status)
