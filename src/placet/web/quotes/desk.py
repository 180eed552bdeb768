"""What the desk does beside offering: who answers, templates; and a buyer who asks again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from placet.companies.refusals import refuse
from placet.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from placet.quotes.actions import (
    TemplateValues,
    ask_again,
    assign_quote,
    discard_template,
    keep_template,
    use_template,
    write_about_quote,
)
from placet.quotes.drafting import read_lines
from placet.quotes.permissions import can_keep_templates
from placet.quotes.queries import find_draft, get_quote
from placet.quotes.templates import get_template, list_templates
from placet.web.quotes.saying import key_of
from placet.web.quotes.views import show_quote
from placet.web.shell import PageRequest, company_page, company_url
from placet.web.threads.sending import read_uploads
from placet.web.typed_numbers import read_digits


@require_POST
@company_page
def quote_assign(request: PageRequest, key: str) -> HttpResponse:
    """Take it over, give it to a colleague, or to nobody."""
    quote = get_quote(request.actor, key)
    member_id = request.POST.get("member", "")
    try:
        assign_quote(quote, member_id=member_id, actor=request.actor, now=request.now)
    except (Conflict, Forbidden, InvalidInput) as error:
        return show_quote(request, get_quote(request.actor, key), error)
    messages.success(request, _("Kept."))
    return redirect(company_url(request.actor, "quote", key_of(request.actor, quote)))


@require_POST
@company_page
def quote_again(request: PageRequest, key: str) -> HttpResponse:
    """A new request with the lines of one that has ended."""
    quote = get_quote(request.actor, key)
    try:
        fresh = ask_again(quote, actor=request.actor, now=request.now)
    except (Conflict, Forbidden, InvalidInput) as error:
        return show_quote(request, quote, error)
    return redirect(company_url(request.actor, "quote_draft", fresh.number))


@require_POST
@company_page
def quote_write_line(request: PageRequest, key: str, line: int) -> HttpResponse:
    """Write to the other side about one line."""
    quote = get_quote(request.actor, key)
    try:
        write_about_quote(
            quote,
            text=request.POST.get("text", ""),
            line=line,
            files=read_uploads(request),
            actor=request.actor,
            now=request.now,
        )
    except (Conflict, Forbidden, InvalidInput) as error:
        return show_quote(request, get_quote(request.actor, key), error)
    messages.success(request, _("Sent."))
    return redirect(company_url(request.actor, "quote", key_of(request.actor, quote)))


@require_GET
@company_page
def quote_templates(request: PageRequest) -> HttpResponse:
    """What the desk often offers."""
    actor = request.actor
    if not actor.is_merchant:
        raise NotFound(_("There is no such page."))
    context = {
        "templates": [(one, read_lines(one)) for one in list_templates(actor)],
        "refusal": can_keep_templates(actor),
    }
    return render(request, "web/quotes/templates.html", context)


@require_POST
@company_page
def quote_template_keep(request: PageRequest, key: str) -> HttpResponse:
    """Keep the draft of this quote as a template, by the name that was typed."""
    quote = get_quote(request.actor, key)
    draft = find_draft(request.actor, quote)
    if draft is None:
        refuse(can_keep_templates(request.actor))
        raise Conflict(_("Keep the offer as a draft first."))
    days = request.POST.get("valid_days", "").strip()
    values = TemplateValues(
        lines=read_lines(draft),
        is_whole=draft.is_whole,
        terms=draft.terms,
        valid_days=read_digits(days, None, most=4),
    )
    try:
        keep_template(
            request.POST.get("name", ""),
            currency=quote.currency,
            values=values,
            actor=request.actor,
            now=request.now,
        )
    except (Conflict, InvalidInput) as error:
        messages.error(request, error.detail)
    else:
        messages.success(request, _("Kept as a template."))
    return redirect(company_url(request.actor, "quote_draft", key_of(request.actor, quote)))


@require_POST
@company_page
def quote_template_use(request: PageRequest, key: str) -> HttpResponse:
    """Put a template into the draft of this quote."""
    quote = get_quote(request.actor, key)
    refuse(can_keep_templates(request.actor))
    template = get_template(request.actor, request.POST.get("template", ""))
    try:
        use_template(quote, template=template, actor=request.actor, now=request.now)
    except (Conflict, InvalidInput) as error:
        messages.error(request, error.detail)
    else:
        messages.success(request, _("In your draft. Look at the prices before you send it."))
    return redirect(company_url(request.actor, "quote_draft", key_of(request.actor, quote)))


@require_POST
@company_page
def quote_template_discard(request: PageRequest, key: str) -> HttpResponse:
    """Throw a template away."""
    refuse(can_keep_templates(request.actor))
    template = get_template(request.actor, key)
    discard_template(template, actor=request.actor, now=request.now)
    messages.success(request, _("%(name)s is gone.") % {"name": template.name})
    return redirect(company_url(request.actor, "quote_templates"))
