"""Writing a request, an offer or a counter-offer, and sending it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.forms import BaseFormSet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import Conflict, Forbidden, InvalidInput
from placet.core.transaction import transaction
from placet.quotes.actions import (
    OfferValues,
    discard_quote,
    rename_quote,
    save_offer_draft,
    send_offer,
)
from placet.quotes.content import usual_last_day
from placet.quotes.drafting import DraftLine, read_lines
from placet.quotes.models import Offer, OfferDraft, OfferRelease, Quote, Side
from placet.quotes.permissions import can_move_quote
from placet.quotes.queries import find_draft, get_quote, list_offers
from placet.quotes.templates import list_templates
from placet.web.quotes.figuring import FiguresView, read_figures
from placet.web.quotes.forms import DraftForm, LineForm, line_forms, offer_terms, typed_lines
from placet.web.refused import show_refusal
from placet.web.shell import PageRequest, company_page, company_url
from placet.web.typed_numbers import read_digits

MORE_ROWS = 10


def key_of(actor: Actor, quote: Quote) -> str:
    """What stands for a quote in an address: numbers are those of a company, ids of everybody."""
    return quote.pk if actor.is_merchant else quote.number


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def quote_draft(request: PageRequest, key: str) -> HttpResponse:
    """What one's side is about to say: kept with *Save*, told with *Send*."""
    quote = get_quote(request.actor, key)
    draft = find_draft(request.actor, quote)
    if request.method != "POST":
        lines = read_lines(draft) if draft else _lines_before(quote)
        rows = line_forms(quote.currency, lines=lines)
        return _draft_page(
            request, quote, draft, _form(quote, draft, first=_first_day(request)), rows
        )
    form, rows = _form(quote, draft, request.POST), line_forms(quote.currency, request.POST)
    if form.is_valid() and rows.is_valid():
        try:
            return _say(request, quote, form, typed_lines(rows))
        except (Conflict, Forbidden, InvalidInput) as error:
            show_refusal(form, error)
    return _draft_page(request, quote, draft, form, rows, status=422)


def _say(
    request: PageRequest, quote: Quote, form: DraftForm, lines: list[DraftLine]
) -> HttpResponse:
    actor, now = request.actor, request.now
    is_sent = "send" in request.POST
    sent = _say_all(quote, request, form, lines, is_sent=is_sent, now=now)
    if isinstance(sent, OfferRelease):
        messages.info(request, _("It waits for a colleague: the customer sees nothing of it yet."))
        return redirect(company_url(actor, "release", sent.pk))
    if is_sent:
        said = _("%(number)s is with the other side.") % {"number": quote.number}
        messages.success(request, said)
        return redirect(company_url(actor, "quote", key_of(actor, quote)))
    messages.success(request, _("Kept. Nobody on the other side sees it yet."))
    return redirect(company_url(actor, "quote_draft", key_of(actor, quote)))


@transaction
def _say_all(
    quote: Quote,
    request: PageRequest,
    form: DraftForm,
    lines: list[DraftLine],
    *,
    is_sent: bool,
    now: datetime,
) -> Offer | OfferRelease | None:
    actor, typed = request.actor, form.cleaned_data
    values = OfferValues(
        lines=lines,
        is_whole=bool(typed["is_whole"]) or not actor.is_merchant,
        is_final=actor.is_merchant and typed["is_final"],
        valid_until=typed["valid_until"],
        terms=typed["terms"],
    )
    if not actor.is_merchant and quote.offer_number == 0 and typed["name"] != quote.name:
        rename_quote(quote, name=typed["name"], actor=actor, now=now)
    version = read_digits(request.POST.get("version", ""), None)
    save_offer_draft(quote, values=values, version=version, actor=actor, now=now)
    if is_sent:
        seen = read_digits(request.POST.get("seen", ""), 0)
        return send_offer(quote, offer_number=seen, actor=actor, now=now)
    return None


@require_POST
@company_page
def quote_figures(request: PageRequest, key: str) -> HttpResponse:
    """What the typed offer would leave, and who would have to release it; nothing is kept."""
    quote = get_quote(request.actor, key)
    refuse(can_move_quote(request.actor, quote, "offer"))
    form, rows = _form(quote, None, request.POST), line_forms(quote.currency, request.POST)
    form.is_valid()
    rows.is_valid()
    figures = _figures(request, quote, typed_lines(rows), form.cleaned_data)
    return render(request, "web/quotes/figures.html", {"quote": quote, "figures": figures})


def _figures(
    request: PageRequest, quote: Quote, lines: list[DraftLine], typed: Mapping[str, Any]
) -> FiguresView:
    return read_figures(
        quote,
        [line for line in lines if line.quantity],
        is_whole=bool(typed.get("is_whole")),
        terms=typed.get("terms") or quote.company.payment_terms,
        actor=request.actor,
        now=request.now,
    )


@require_POST
@company_page
def quote_discard(request: PageRequest, key: str) -> HttpResponse:
    """Throw away a request that was never sent."""
    quote = get_quote(request.actor, key)
    discard_quote(quote, actor=request.actor, now=request.now)
    messages.success(request, _("%(name)s is gone.") % {"name": quote.name})
    return redirect(company_url(request.actor, "quotes"))


def _lines_before(quote: Quote) -> list[DraftLine]:
    """The last round, to be changed into an answer."""
    offers = list_offers(quote)
    if not offers:
        return []
    return [
        DraftLine(
            number=line.number,
            sku=line.sku,
            name=line.name,
            quantity=line.quantity,
            minimum_quantity=0 if offers[-1].is_whole else line.minimum_quantity,
            unit_price_minor=line.unit_price_minor,
            note=line.note,
        )
        for line in sorted(offers[-1].lines.all(), key=lambda line: line.number)
    ]


def _first_day(request: PageRequest) -> date | None:
    """What a new offer of the merchant's starts with; a buyer says a day only where they want."""
    if not request.actor.is_merchant:
        return None
    return usual_last_day(Side.MERCHANT, now=request.now)


def _form(
    quote: Quote, draft: OfferDraft | None, posted: Any = None, *, first: date | None = None
) -> DraftForm:
    initial = {
        "name": quote.name,
        "valid_until": draft.valid_until if draft else first,
        "is_whole": "1" if draft is None or draft.is_whole else "",
        "terms": (draft.terms if draft else "") or quote.company.payment_terms,
        "is_final": bool(draft and draft.is_final),
    }
    form = DraftForm(posted, initial=initial)
    offer_terms(form, quote.company)
    return form


def _draft_page(
    request: PageRequest,
    quote: Quote,
    draft: OfferDraft | None,
    form: DraftForm,
    rows: BaseFormSet[LineForm],
    status: int = 200,
) -> HttpResponse:
    figures = None
    if request.actor.is_merchant:
        lines = _lines_shown(quote, draft, rows)
        figures = _figures(request, quote, lines, _typed_or_first(form))
    context = {
        "quote": quote,
        "figures": figures,
        "key": key_of(request.actor, quote),
        "draft": draft,
        "form": form,
        "rows": rows,
        "version": draft.version if draft else 0,
        "is_request": quote.offer_number == 0,
        "templates": list_templates(request.actor).filter(currency=quote.currency),
    }
    return render(request, "web/quotes/draft.html", context, status=status)


def _lines_shown(
    quote: Quote, draft: OfferDraft | None, rows: BaseFormSet[LineForm]
) -> list[DraftLine]:
    """The lines that the page shows: as they were typed, else as they are kept."""
    if rows.is_bound:
        rows.is_valid()
        return typed_lines(rows)
    return read_lines(draft) if draft else _lines_before(quote)


def _typed_or_first(form: DraftForm) -> Mapping[str, Any]:
    if form.is_bound:
        form.is_valid()
        return form.cleaned_data
    return form.initial
