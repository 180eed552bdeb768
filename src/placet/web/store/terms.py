"""Tax classes, and what the store asks of every order."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from placet.catalog.actions import change_tax_class, create_tax_class, set_store_terms
from placet.catalog.kept import get_tax_class, list_store_terms, list_tax_classes
from placet.catalog.models import StoreTerms, TaxClass
from placet.web.attempt import attempt, status_of
from placet.web.shell import PageRequest, company_page, company_url
from placet.web.store.forms import TaxClassForm, TermsForm
from placet.web.store.tabs import kept_tabs, require_keeper


@require_GET
@company_page
def tax_classes(request: PageRequest) -> HttpResponse:
    """The kinds of goods with their rates."""
    tabs = kept_tabs(request, "tax_classes")
    rows = [
        (one, sorted(one.rates.all(), key=lambda rate: (rate.country != "", rate.country)))
        for one in list_tax_classes(request.actor)
    ]
    return render(request, "web/store/tax_classes.html", {**tabs, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def tax_class_new(request: PageRequest) -> HttpResponse:
    """One more kind of goods."""
    require_keeper(request)
    form = TaxClassForm(request.POST if request.method == "POST" else None)
    made = attempt(
        form,
        lambda: create_tax_class(
            form.cleaned_data["key"],
            name=form.cleaned_data["name"],
            rates=form.rates,
            actor=request.actor,
            now=request.now,
        ),
        rates="countries",
    )
    if made is None:
        return render(request, "web/store/tax_class.html", {"form": form}, status=status_of(form))
    messages.success(request, _("Products can be taxed as %(name)s.") % {"name": made.name})
    return redirect(company_url(request.actor, "tax_classes"))


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def tax_class(request: PageRequest, tax_class_id: str) -> HttpResponse:
    """Its name and all its rates."""
    require_keeper(request)
    found = get_tax_class(request.actor, tax_class_id)
    form = TaxClassForm(request.POST if request.method == "POST" else None, tax_class=found)
    if attempt(form, lambda: _change(request, found, form), rates="countries"):
        messages.success(request, _("Carts count with it from now on. What was submitted stays."))
        return redirect(company_url(request.actor, "tax_classes"))
    context = {"form": form, "tax_class": found}
    return render(request, "web/store/tax_class.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def store_terms(request: PageRequest) -> HttpResponse:
    """What is asked of every order in a currency, one currency at a time."""
    tabs = kept_tabs(request, "store_terms")
    known = {one.currency: one for one in list_store_terms(request.actor)}
    currency = request.GET.get("currency", request.actor.currency)[:3]
    posted = request.POST if request.method == "POST" else None
    form = TermsForm(posted, terms=known.get(currency), currency=currency)
    if attempt(form, lambda: _state(request, form)):
        messages.success(request, _("It holds from now on. What was submitted stays."))
        address = company_url(request.actor, "store_terms")
        return redirect(f"{address}?currency={form.cleaned_data['currency']}")
    context = {**tabs, "form": form, "known": sorted(known), "currency": currency}
    return render(request, "web/store/terms.html", context, status=status_of(form))


def _change(request: PageRequest, found: TaxClass, form: TaxClassForm) -> TaxClass:
    return change_tax_class(
        found,
        name=form.cleaned_data["name"],
        rates=form.rates,
        version=form.cleaned_data["version"],
        actor=request.actor,
        now=request.now,
    )


def _state(request: PageRequest, form: TermsForm) -> StoreTerms:
    return set_store_terms(
        form.cleaned_data["currency"], **form.terms, actor=request.actor, now=request.now
    )
