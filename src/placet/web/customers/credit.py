"""A customer's credit: its limit, what is open, what was paid. For the merchant's people alone."""

from __future__ import annotations

from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from placet.budgets.actions import enter_payment, set_credit
from placet.budgets.models import Budget
from placet.budgets.permissions import can_manage_credit
from placet.budgets.queries import get_credit
from placet.companies.models import Company
from placet.companies.refusals import refuse
from placet.core.actor import Actor
from placet.core.errors import Conflict, InvalidInput, NotFound
from placet.web.budgets.forms import AmountField, set_currency, typed_amount
from placet.web.budgets.page import BudgetState, state_of_budget
from placet.web.customers.page import get_customer
from placet.web.refused import show_refusal
from placet.web.shell import PageRequest, company_page, company_url

MODES = (
    ("approve", gettext_lazy("Ask our own people")),
    ("warn", gettext_lazy("Tell our own people and go on")),
    ("block", gettext_lazy("Take no order beyond it")),
)


class CreditState(NamedTuple):
    """The account as the merchant reads it."""

    account: Budget
    state: BudgetState
    mode: str


class CreditForm(forms.Form):
    """The whole of it; ``version`` is that of the account that was read, 0 without one."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    limit = AmountField(label=gettext_lazy("Credit limit"))
    mode = forms.ChoiceField(choices=MODES, label=gettext_lazy("Beyond it"))
    overdue = AmountField(
        required=False,
        label=gettext_lazy("Overdue"),
        help_text=gettext_lazy("What should be paid by now. Rules can ask for it."),
    )


class PaymentForm(forms.Form):
    """What came in."""

    amount = AmountField(smallest=1, label=gettext_lazy("Amount"))
    reason = forms.CharField(
        max_length=400,
        label=gettext_lazy("Invoice or reference"),
    )


def state_of_credit(actor: Actor, company: Company) -> CreditState | None:
    """The customer's credit, where a limit is set."""
    account = get_credit(actor, company)
    if account is None:
        return None
    words = dict(MODES)
    return CreditState(account, state_of_budget(account), str(words[account.mode]))


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def customer_credit(request: PageRequest, customer_id: str) -> HttpResponse:
    """Set how far a customer may owe."""
    company = _customer(request, customer_id)
    account = get_credit(request.actor, company)
    form = CreditForm(request.POST if request.method == "POST" else None, initial=_initial(account))
    if form.is_bound:
        for name in ("limit", "overdue"):
            set_currency(form, name, company.currency)
        if form.is_valid() and _set(request, company, account, form):
            messages.success(request, _("The credit is set."))
            return redirect(company_url(request.actor, "customer", company.pk))
    return _shown(request, company, form, PaymentForm())


@require_POST
@company_page
def customer_payment(request: PageRequest, customer_id: str) -> HttpResponse:
    """Enter a payment; what is open falls by as much."""
    company = _customer(request, customer_id)
    form = PaymentForm(request.POST)
    set_currency(form, "amount", company.currency)
    if form.is_valid():
        try:
            enter_payment(
                company,
                amount_minor=form.cleaned_data["amount"],
                reason=form.cleaned_data["reason"],
                actor=request.actor,
                now=request.now,
            )
        except (InvalidInput, Conflict) as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("The payment is entered."))
            return redirect(company_url(request.actor, "customer", company.pk))
    account = get_credit(request.actor, company)
    return _shown(request, company, CreditForm(initial=_initial(account)), form)


def _set(request: PageRequest, company: Company, account: Budget | None, form: CreditForm) -> bool:
    found = form.cleaned_data
    try:
        set_credit(
            company,
            limit_minor=found["limit"],
            mode=found["mode"],
            overdue_minor=found["overdue"] or 0,
            version=found["version"] if account else None,
            actor=request.actor,
            now=request.now,
        )
    except (InvalidInput, Conflict) as error:
        show_refusal(form, error)
        return False
    return True


def _customer(request: PageRequest, customer_id: str) -> Company:
    if not request.actor.is_merchant:
        raise NotFound
    refuse(can_manage_credit(request.actor))
    return get_customer(request.actor, customer_id)


def _initial(account: Budget | None) -> dict[str, Any]:
    if account is None:
        return {"version": 0, "mode": "approve"}
    return {
        "version": account.version,
        "limit": typed_amount(account.amount_minor, account.currency),
        "mode": account.mode,
        "overdue": typed_amount(account.overdue_minor, account.currency),
    }


def _shown(
    request: PageRequest, company: Company, form: CreditForm, payment: PaymentForm
) -> HttpResponse:
    if not payment.is_bound:
        set_currency(payment, "amount", company.currency)
    for name in ("limit", "overdue") if not form.is_bound else ():
        set_currency(form, name, company.currency)
    context = {
        "company": company,
        "form": form,
        "payment": payment,
        "credit": state_of_credit(request.actor, company),
    }
    status = 422 if form.errors or payment.errors else 200
    return render(request, "web/customers/credit.html", context, status=status)
