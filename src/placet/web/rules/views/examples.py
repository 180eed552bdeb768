"""Examples of a draft: added from words, and taken away."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from placet.core.errors import Conflict, InvalidInput
from placet.web.rules.example_form import ExampleForm
from placet.web.rules.texts import expect_seen, keep_text, open_text, read_seen
from placet.web.shell import PageRequest, company_page, company_url


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def example_new(request: PageRequest, rulebook_id: str) -> HttpResponse:
    """A purchase by what matters about it, and what must come of it."""
    text = open_text(request.actor, rulebook_id)
    posted = request.POST if request.method == "POST" else None
    form = ExampleForm(posted, rulebook=text.rulebook, document=text.document, actor=request.actor)
    if posted is None:
        form.fields["rule"].initial = request.GET.get("rule", "")
    conflict = ""
    if posted is not None and form.is_valid():
        try:
            examples = [*text.examples, form.example()]
            keep_text(
                text, read_seen(posted), examples=examples, actor=request.actor, now=request.now
            )
            messages.success(request, _("The example is in the draft."))
            return redirect(_back(request, rulebook_id))
        except Conflict as error:
            conflict, text = error.detail, open_text(request.actor, rulebook_id)
        except InvalidInput as error:
            form.add_error(None, error.detail)
    status = 409 if conflict else 422 if form.errors else 200
    context = {"form": form, "text": text, "conflict": conflict}
    return render(request, "web/rules/example.html", context, status=status)


@require_POST
@company_page
def example_remove(request: PageRequest, rulebook_id: str) -> HttpResponse:
    """Take one example out; which one is said by its place in the draft that was seen."""
    text, seen = open_text(request.actor, rulebook_id), read_seen(request.POST)
    index = request.POST.get("index", "")
    try:
        expect_seen(text, seen)
        if not (index.isascii() and index.isdigit() and int(index) < len(text.examples)):
            raise InvalidInput("index", "unknown", _("There is no such example any more."))
        kept = [example for place, example in enumerate(text.examples) if place != int(index)]
        keep_text(text, seen, examples=kept, actor=request.actor, now=request.now)
        messages.success(request, _("The example is out of the draft."))
    except (Conflict, InvalidInput) as error:
        messages.error(request, error.detail)
    return redirect(_back(request, rulebook_id))


def _back(request: PageRequest, rulebook_id: str) -> str:
    return company_url(request.actor, "rulebook_draft", rulebook_id) + "#examples"
