"""A customer's terms, and whether it may buy at all: decided by the merchant's owner."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from placet.companies.actions import change_company, resume_company, suspend_company
from placet.companies.actions.labels import label_resource
from placet.companies.models import Company
from placet.companies.permissions import COMPANY_MANAGE, require
from placet.companies.terms import list_offered_terms
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput, NotFound
from placet.core.transaction import transaction
from placet.web.attempt import attempt, status_of
from placet.web.customers.page import get_customer
from placet.web.shell import PageRequest, company_page, company_url
from placet.web.terms import TERMS, payment_words

AGREED: Final = ("name", "tax_number", "payment_terms", "offered_terms", "currency")


class TermsForm(forms.Form):
    """What is agreed; the currency stays once something was submitted in it."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    name = forms.CharField(max_length=120, label=gettext_lazy("Name"))
    external_id = forms.CharField(
        max_length=100,
        required=False,
        label=gettext_lazy("Customer number"),
        help_text=gettext_lazy("What your other systems call this customer."),
    )
    tax_number = forms.CharField(
        max_length=40, required=False, label=gettext_lazy("VAT or tax number")
    )
    payment_terms = forms.ChoiceField(label=gettext_lazy("Payment"))
    offered_terms = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("They may choose instead"),
        help_text=gettext_lazy("Prepayment takes no credit: the order waits for the money."),
    )
    currency = forms.CharField(
        min_length=3,
        max_length=3,
        label=gettext_lazy("Currency"),
        help_text=gettext_lazy("Only until the customer has submitted something."),
    )

    def __init__(self, posted: Any = None, *, company: Company) -> None:
        names = ("version", *AGREED, "external_id")
        first = {name: getattr(company, name) for name in names}
        super().__init__(posted, initial=first)
        for name in ("payment_terms", "offered_terms"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            agreed = list_offered_terms(company)
            own = [(code, payment_words(code)) for code in agreed if code not in dict(TERMS)]
            field.choices = [*own, *TERMS]

    def clean_currency(self) -> str:
        """In capitals, however it was typed."""
        return str(self.cleaned_data["currency"]).upper()


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def customer_terms(request: PageRequest, customer_id: str) -> HttpResponse:
    """Payment and currency."""
    company = _customer(request, customer_id)
    posted = request.POST if request.method == "POST" else None
    form = TermsForm(posted, company=company)
    changed = attempt(
        form,
        lambda: _agree(company, form.cleaned_data, actor=request.actor, now=request.now),
    )
    if changed is not None:
        messages.success(request, _("The terms hold from the next purchase on."))
        return redirect(company_url(request.actor, "customer", company.pk))
    context = {"form": form, "company": company}
    return render(request, "web/applications/terms.html", context, status=status_of(form))


@require_POST
@company_page
def customer_suspend(request: PageRequest, customer_id: str) -> HttpResponse:
    """Nobody in the company does anything until it is resumed."""
    company = _customer(request, customer_id)
    reason, typed = request.POST.get("reason", "").strip(), request.POST.get("name", "").strip()
    try:
        if typed != company.name or not reason:
            raise Conflict(_("Nothing happened: give a reason and type the company’s name."))
        suspend_company(company, reason=reason, actor=request.actor, now=request.now)
        messages.success(request, _("%(company)s is suspended.") % {"company": company.name})
    except (Conflict, InvalidInput) as error:
        messages.error(request, error.detail)
    return redirect(company_url(request.actor, "customer", company.pk))


@require_POST
@company_page
def customer_resume(request: PageRequest, customer_id: str) -> HttpResponse:
    """It buys again."""
    company = _customer(request, customer_id)
    try:
        resume_company(company, actor=request.actor, now=request.now)
        messages.success(request, _("%(company)s buys again.") % {"company": company.name})
    except Conflict as error:
        messages.error(request, error.detail)
    return redirect(company_url(request.actor, "customer", company.pk))


@transaction
def _agree(company: Company, said: dict[str, Any], *, actor: Actor, now: datetime) -> Company:
    """What is agreed and the customer's number: both or neither."""
    changes: Any = {name: said[name] for name in AGREED}
    change_company(company, version=said["version"], actor=actor, now=now, **changes)
    if said["external_id"].strip() != company.external_id:
        label_resource(company, external_id=said["external_id"], actor=actor, now=now)
    return company


def _customer(request: PageRequest, customer_id: str) -> Company:
    if not request.actor.is_merchant:
        raise NotFound
    require(request.actor, COMPANY_MANAGE)
    return get_customer(request.actor, customer_id)
