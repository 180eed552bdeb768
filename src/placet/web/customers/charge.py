"""Who of the store is in charge of a customer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from placet.companies.actions.assign_reps import assign_reps
from placet.companies.models import Company, CustomerRep
from placet.companies.permissions import MEMBER_MANAGE, require
from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.web.attempt import attempt, status_of
from placet.web.customers.forms import list_staff
from placet.web.customers.page import get_customer
from placet.web.shell import PageRequest, company_page, company_url


class RepsForm(forms.Form):
    """People of the store, each ticked or not."""

    reps = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("In charge"),
        help_text=gettext_lazy("Whoever sees only their own customers sees this one then."),
    )

    def __init__(self, posted: Any = None, *, actor: Actor, company: Company) -> None:
        known = list(CustomerRep.objects.filter(company=company).values_list("member", flat=True))
        super().__init__(posted, initial={"reps": known})
        field = self.fields["reps"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list_staff(actor)


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def customer_reps(request: PageRequest, customer_id: str) -> HttpResponse:
    """Tick who is in charge; whoever manages members does."""
    if not request.actor.is_merchant:
        raise NotFound
    require(request.actor, MEMBER_MANAGE)
    company = get_customer(request.actor, customer_id)
    posted = request.POST if request.method == "POST" else None
    form = RepsForm(posted, actor=request.actor, company=company)
    assigned = attempt(
        form,
        lambda: assign_reps(
            company, member_ids=form.cleaned_data["reps"], actor=request.actor, now=request.now
        ),
    )
    if assigned is not None:
        messages.success(request, _("Saved."))
        return redirect(company_url(request.actor, "customer", company.pk))
    context = {"form": form, "company": company}
    return render(request, "web/customers/reps.html", context, status=status_of(form))
