"""Quotes: what was asked and offered, whose turn it is, and everything that can be said next."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from placet.carts.lists.queries import get_list
from placet.carts.paste import TooMuchText
from placet.carts.queries import get_cart
from placet.companies.permissions import QUOTE_MANAGE, can_do
from placet.core.errors import Conflict, Forbidden, InvalidInput, PlacetError
from placet.documents.formats import QUOTE, make_document
from placet.quotes.actions import (
    OfferValues,
    decline_quote,
    draft_quote,
    prepare_acceptance,
    see_quote,
    withdraw_quote,
    write_about_quote,
)
from placet.quotes.figures import list_load
from placet.quotes.from_elsewhere import lines_of_cart, lines_of_list, lines_of_text
from placet.quotes.models import Quote
from placet.quotes.permissions import can_ask_for_quote
from placet.quotes.queries import get_quote, list_quotes
from placet.quotes.releases import list_waiting_releases
from placet.web.orders.documents import answer_with
from placet.web.paging import page_of
from placet.web.quotes.accepting import chosen_lines
from placet.web.quotes.forms import NewQuote, QuoteFilter, Reason
from placet.web.quotes.page import count_turns, filtered_quotes, list_rows, read_quote
from placet.web.quotes.saying import key_of
from placet.web.refused import show_refusal
from placet.web.shell import PageRequest, company_page, company_url
from placet.web.threads.sending import read_uploads


@require_GET
@company_page
def quote_list(request: PageRequest) -> HttpResponse:
    """The negotiations within reach, last changed first, with the filters of the address."""
    actor = request.actor
    wanted = QuoteFilter(request.GET)
    wanted.is_valid()
    turn, text = wanted.cleaned_data.get("turn", ""), wanted.cleaned_data.get("q", "")
    quotes = list_quotes(actor)
    page = page_of(filtered_quotes(quotes, actor, turn, text), "changed_at", request.GET)
    context = {
        "page": page,
        "rows": list_rows(actor, page.rows, now=request.now),
        "counts": count_turns(quotes, actor),
        "turn": turn,
        "text": text,
        "refusal": can_do(actor, QUOTE_MANAGE) if actor.is_merchant else None,
        "may_ask": can_ask_for_quote(actor) is None,
        "load": list_load(actor),
        "to_release": list_waiting_releases(actor).order_by()[:1000].count(),
    }
    return render(request, "web/quotes/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def quote_new(request: PageRequest) -> HttpResponse:
    """Begin a request: empty, from typed rows, or with what lies in a cart or on a list."""
    if request.method != "POST":
        return _new_page(request, NewQuote())
    form = NewQuote(request.POST)
    if not form.is_valid():
        return _new_page(request, form)
    try:
        quote = _begin(request, form)
    except TooMuchText:
        form.add_error("rows", _("These are more than 500 rows."))
    except (Conflict, Forbidden, InvalidInput) as error:
        show_refusal(form, error, lines="rows")
    else:
        return redirect(company_url(request.actor, "quote_draft", quote.number))
    return _new_page(request, form)


def _begin(request: PageRequest, form: NewQuote) -> Quote:
    actor, typed = request.actor, form.cleaned_data
    name = typed["name"]
    if typed["cart"]:
        cart = get_cart(actor, typed["cart"])
        name, lines = name or cart.name, lines_of_cart(cart)
    elif typed["purchase_list"]:
        chosen = get_list(actor, typed["purchase_list"])
        name, lines = name or chosen.name, lines_of_list(chosen)
    else:
        lines = lines_of_text(typed["rows"])
    return draft_quote(
        name or _("Request"), values=OfferValues(lines), actor=actor, now=request.now
    )


def _new_page(request: PageRequest, form: NewQuote) -> HttpResponse:
    context = {"form": form, "refusal": can_ask_for_quote(request.actor)}
    status = 422 if form.is_bound else 200
    return render(request, "web/quotes/new.html", context, status=status)


@require_GET
@company_page
def quote_page(request: PageRequest, key: str) -> HttpResponse:
    """One negotiation: what is on the table, what was said before, what can be done."""
    quote = get_quote(request.actor, key)
    if request.method == "GET":
        see_quote(quote, actor=request.actor, now=request.now)
    return show_quote(request, quote)


@require_GET
@company_page
def quote_pdf(request: PageRequest, key: str) -> HttpResponse:
    """The last offer on paper, for whoever sees the quote."""
    quote = get_quote(request.actor, key)
    return answer_with(make_document(QUOTE, quote, "pdf", reader=request.actor, now=request.now))


@require_POST
@company_page
def quote_accept(request: PageRequest, key: str) -> HttpResponse:
    """Put the offer, or the chosen lines, into a cart at its prices, to be submitted."""
    quote = get_quote(request.actor, key)
    try:
        cart = prepare_acceptance(
            quote,
            offer_hash=request.POST.get("hash", ""),
            wanted=chosen_lines(request.POST),
            actor=request.actor,
            now=request.now,
        )
    except (Conflict, Forbidden, InvalidInput) as error:
        return show_quote(request, get_quote(request.actor, key), error)
    return redirect(company_url(request.actor, "cart", cart.pk))


@require_POST
@company_page
def quote_decline(request: PageRequest, key: str) -> HttpResponse:
    """Say no, with a reason that the other side reads."""
    form = Reason(request.POST)
    form.is_valid()

    def decline(quote: Quote) -> str:
        decline_quote(
            quote,
            reason=form.cleaned_data.get("reason", ""),
            offer_number=form.cleaned_data.get("seen") or 0,
            actor=request.actor,
            now=request.now,
        )
        return _("%(number)s is declined.") % {"number": quote.number}

    return _act(request, key, decline)


@require_POST
@company_page
def quote_withdraw(request: PageRequest, key: str) -> HttpResponse:
    """The buyer wants no more of it."""
    form = Reason(request.POST)
    form.is_valid()

    def withdraw(quote: Quote) -> str:
        reason = form.cleaned_data.get("reason", "")
        withdraw_quote(quote, reason=reason, actor=request.actor, now=request.now)
        return _("%(number)s is withdrawn.") % {"number": quote.number}

    return _act(request, key, withdraw)


@require_POST
@company_page
def quote_write(request: PageRequest, key: str) -> HttpResponse:
    """Write to the other side."""

    def write(quote: Quote) -> str:
        write_about_quote(
            quote,
            text=request.POST.get("text", ""),
            files=read_uploads(request),
            actor=request.actor,
            now=request.now,
        )
        return _("Sent.")

    return _act(request, key, write)


def _act(request: PageRequest, key: str, act: Callable[[Quote], str]) -> HttpResponse:
    """Do it and go back to the quote; a refusal is shown on the quote as it is now."""
    quote = get_quote(request.actor, key)
    try:
        messages.success(request, act(quote))
    except (Conflict, Forbidden, InvalidInput) as error:
        return show_quote(request, get_quote(request.actor, key), error)
    return redirect(company_url(request.actor, "quote", key_of(request.actor, quote)))


def show_quote(
    request: PageRequest, quote: Quote, error: PlacetError | None = None
) -> HttpResponse:
    """The quote's page, with what was refused and what was typed."""
    context = {
        "shown": read_quote(request.actor, quote, now=request.now),
        "key": key_of(request.actor, quote),
        "waiting": list_waiting_releases(request.actor).filter(quote=quote).first(),
        "error": error,
        "posted": request.POST,
    }
    return render(request, "web/quotes/page.html", context, status=error.status if error else 200)
