"""Making budgets, changing them, moving amounts between them, and ending them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from placet.budgets.actions import (
    adjust_budget,
    change_budget,
    close_budget,
    create_budget,
    transfer_budget,
)
from placet.budgets.models import Budget
from placet.budgets.permissions import can_manage_budget, can_manage_budgets
from placet.budgets.queries import get_budget
from placet.companies.models import Company
from placet.companies.refusals import refuse
from placet.core.errors import Conflict, Forbidden, InvalidInput
from placet.web.budgets.choices import read_owner
from placet.web.budgets.forms import (
    AdjustForm,
    EditBudget,
    NewBudget,
    TransferForm,
    initial_of,
)
from placet.web.budgets.page import state_of_budget
from placet.web.refused import show_refusal
from placet.web.shell import PageRequest, company_page, company_url

FIELDS = {
    "owner_kind": "owner",
    "starts_at": "starts_on",
    "ends_at": "ends_on",
    "alert_percents": "alerts",
    "base_amount": "next_amount",
}
FIRST = {"mode": "approve", "basis": "net", "rollover": "none", "period": "month"}


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def budget_new(request: PageRequest) -> HttpResponse:
    """A new budget."""
    refuse(can_manage_budgets(request.actor))
    company = Company.objects.get(pk=request.actor.company_id)
    first = {**FIRST, "alerts": "80, 100", "owner": request.GET.get("owner", "")}
    form = NewBudget(_posted(request), actor=request.actor, company=company, initial=first)

    def create() -> Budget:
        kind, ref = read_owner(form.cleaned_data["owner"])
        return create_budget(
            owner_kind=kind,
            owner_ref=ref,
            amount_minor=form.cleaned_data["amount"],
            currency=company.currency,
            period=form.cleaned_data["period"],
            actor=request.actor,
            now=request.now,
            **form.stretch,
            **form.changes,
        )

    made = _done(form, create)
    if made is not None:
        messages.success(request, _("The budget runs."))
        return redirect(company_url(request.actor, "budget", made.pk))
    return _shown(request, "web/budgets/form.html", form, budget=None)


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def budget_edit(request: PageRequest, budget_id: str) -> HttpResponse:
    """What a budget is from now on; what was typed is kept when somebody else was quicker."""
    budget = _managed(request, budget_id)
    form = EditBudget(
        _posted(request), actor=request.actor, budget=budget, initial=initial_of(budget)
    )
    changed = _done(
        form,
        lambda: change_budget(
            budget.pk,
            version=form.cleaned_data["version"],
            actor=request.actor,
            now=request.now,
            **form.changes,
        ),
    )
    if changed is not None:
        messages.success(request, _("Saved."))
        return redirect(company_url(request.actor, "budget", budget.pk))
    return _shown(request, "web/budgets/form.html", form, budget=budget)


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def budget_adjust(request: PageRequest, budget_id: str) -> HttpResponse:
    """Raise or lower the running period's amount, with a reason."""
    budget = _managed(request, budget_id)
    form = AdjustForm(_posted(request), currency=budget.currency)
    changed = _done(
        form,
        lambda: adjust_budget(
            budget.pk,
            change_minor=form.change_minor,
            reason=form.cleaned_data["reason"],
            actor=request.actor,
            now=request.now,
        ),
    )
    if changed is not None:
        messages.success(request, _("The amount is changed."))
        return redirect(company_url(request.actor, "budget", budget.pk))
    return _shown(request, "web/budgets/adjust.html", form, budget=budget)


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def budget_transfer(request: PageRequest, budget_id: str) -> HttpResponse:
    """Move a part of what is left to another budget, with a reason."""
    budget = _managed(request, budget_id)
    form = TransferForm(_posted(request), actor=request.actor, budget=budget, now=request.now)
    moved = _done(
        form,
        lambda: transfer_budget(
            budget.pk,
            target_id=form.cleaned_data["target"],
            amount_minor=form.cleaned_data["amount"],
            reason=form.cleaned_data["reason"],
            actor=request.actor,
            now=request.now,
        ),
    )
    if moved is not None:
        messages.success(request, _("The amount is moved."))
        return redirect(company_url(request.actor, "budget", budget.pk))
    return _shown(request, "web/budgets/transfer.html", form, budget=budget)


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def budget_close(request: PageRequest, budget_id: str) -> HttpResponse:
    """Closing cannot be undone, so the budget's name is typed."""
    budget = _managed(request, budget_id)
    typed = request.POST.get("typed", "")
    is_posted = request.method == "POST"
    if is_posted and " ".join(typed.split()) == budget.name:
        close_budget(budget.pk, actor=request.actor, now=request.now)
        messages.success(request, _("“%(budget)s” is closed.") % {"budget": budget.name})
        return redirect(company_url(request.actor, "budgets"))
    context = {
        "budget": budget,
        "state": state_of_budget(budget),
        "typed": typed,
        "is_refused": is_posted,
    }
    return render(request, "web/budgets/close.html", context, status=422 if is_posted else 200)


def _managed(request: PageRequest, budget_id: str) -> Budget:
    budget = get_budget(request.actor, budget_id)
    refuse(can_manage_budget(request.actor, budget))
    return budget


def _posted(request: PageRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _done(form: forms.Form, action: Callable[[], Any]) -> Any:
    """What the action made; ``None`` with the refusal in the form, or when nothing was posted."""
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return action()
    except (InvalidInput, Conflict, Forbidden) as error:
        show_refusal(form, error, **FIELDS)
        return None


def _shown(
    request: PageRequest, template: str, form: forms.Form, *, budget: Budget | None
) -> HttpResponse:
    context = {
        "form": form,
        "budget": budget,
        "state": state_of_budget(budget) if budget else None,
        "is_household": request.actor.company_kind == Company.Kind.HOUSEHOLD,
    }
    return render(request, template, context, status=422 if form.errors else 200)
