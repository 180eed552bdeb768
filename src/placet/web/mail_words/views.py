"""The owner words the mails, looks at them in both languages, and takes the words back."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from placet.notices.actions import reset_letter, try_letter, word_letter
from placet.web.attempt import attempt, status_of
from placet.web.company.tabs import list_tabs
from placet.web.mail_words.forms import WordsForm
from placet.web.mail_words.page import LetterPage, list_fixed, list_letters, preview, read_letter
from placet.web.shell import PageRequest, company_page, company_url
from placet.web.typed_numbers import read_digits

# A mail brings its styles along and nothing else: no script, no form, nothing from elsewhere.
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox"
)
LONGEST_TYPED = 4_000


@require_GET
@company_page
def mail_words(request: PageRequest) -> HttpResponse:
    """Every letter with its subject, and whose words they are."""
    context = {
        "rows": list_letters(request.actor),
        "fixed": list_fixed(request.actor),
        "tabs": list_tabs(request.actor, "mail_words"),
    }
    return render(request, "web/mail_words/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def mail_word(request: PageRequest, letter: str, language: str) -> HttpResponse:
    """One letter: what is typed can be looked at before it is kept."""
    page = read_letter(request.actor, letter, language)
    posted = request.POST if request.method == "POST" else None
    form = WordsForm(posted, letter=letter, language=language, kept=page.kept)
    if posted is None or posted.get("do") == "look":
        return _show(request, page, form, 200)
    kept = attempt(
        form,
        lambda: word_letter(
            letter, language=language, **form.cleaned_data, actor=request.actor, now=request.now
        ),
    )
    if kept is None:
        return _show(request, page, form, status_of(form))
    messages.success(request, _("The letter has your words from now on."))
    return redirect(company_url(request.actor, "mail_word", letter, language))


def _show(request: PageRequest, page: LetterPage, form: WordsForm, status: int) -> HttpResponse:
    subject, body = form.words
    typed = urlencode({"subject": subject[:LONGEST_TYPED], "body": body[:LONGEST_TYPED]})
    context = {
        "page": page,
        "form": form,
        "shown": preview(page.key, page.language, subject, body),
        "typed": typed,
    }
    return render(request, "web/mail_words/page.html", context, status=status)


@require_GET
@xframe_options_sameorigin
@company_page
def mail_word_preview(request: PageRequest, letter: str, language: str) -> HttpResponse:
    """The mail itself with the words of the address, in a cage of its own."""
    read_letter(request.actor, letter, language)
    subject = request.GET.get("subject", "")[:LONGEST_TYPED]
    body = request.GET.get("body", "")[:LONGEST_TYPED]
    response = HttpResponse(preview(letter, language, subject, body).html)
    response.headers["Content-Security-Policy"] = POLICY
    return response


@require_POST
@company_page
def mail_word_reset(request: PageRequest, letter: str, language: str) -> HttpResponse:
    """The product's own words again."""
    version = read_digits(request.POST.get("version", ""), 0)
    reset_letter(letter, language=language, version=version, actor=request.actor, now=request.now)
    messages.success(request, _("The letter has the product’s own words again."))
    return redirect(company_url(request.actor, "mail_word", letter, language))


@require_POST
@company_page
def mail_word_try(request: PageRequest, letter: str, language: str) -> HttpResponse:
    """The letter as it is kept, to oneself."""
    try_letter(letter, language=language, actor=request.actor, now=request.now)
    messages.success(request, _("The mail is on its way to you."))
    return redirect(company_url(request.actor, "mail_word", letter, language))
