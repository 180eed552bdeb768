"""Which customers one of the merchant's staff sees: all of them, or these."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from placet.companies.actions.give_customers import give_customers
from placet.companies.customer_scope import can_give_customers
from placet.companies.models import Company, CustomerRep, Member
from placet.companies.permissions import MEMBER_MANAGE
from placet.companies.refusals import refuse
from placet.core.errors import NotFound
from placet.web.access import require_anywhere
from placet.web.attempt import attempt, status_of
from placet.web.members.choices import set_choices
from placet.web.members.reach import get_kept_member
from placet.web.shell import PageRequest, company_page, company_url

SIGHTS = (
    ("all", gettext_lazy("All customers")),
    ("these", gettext_lazy("Only the customers chosen here")),
)


class CustomersForm(forms.Form):
    """Whom they see; ``version`` is that of the membership that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    sight = forms.ChoiceField(
        choices=SIGHTS,
        label=gettext_lazy("They see"),
        widget=forms.RadioSelect(attrs={"class": "radio"}),
    )
    companies = forms.MultipleChoiceField(
        required=False,
        label=gettext_lazy("In their charge"),
        help_text=gettext_lazy("Quotes of these customers come to them first."),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "check"}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        customers = Company.objects.exclude(kind=Company.Kind.MERCHANT).order_by("name", "id")
        set_choices(self, "companies", [(one.pk, one.name) for one in customers])


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def member_customers(request: PageRequest, member_id: str) -> HttpResponse:
    """Give customers into somebody's charge, and say whether they see the others."""
    if not request.actor.is_merchant:
        raise NotFound
    require_anywhere(request.actor, MEMBER_MANAGE)
    member = get_kept_member(request.actor, member_id)
    refuse(can_give_customers(request.actor, member))
    posted = request.POST if request.method == "POST" else None
    form = CustomersForm(posted, initial=_initial(member))
    given = attempt(
        form,
        lambda: give_customers(
            member,
            sees_all=form.cleaned_data["sight"] == "all",
            company_ids=form.cleaned_data["companies"],
            version=form.cleaned_data["version"],
            actor=request.actor,
            now=request.now,
        ),
    )
    if given is not None:
        messages.success(request, _("%(name)s is changed.") % {"name": member.user.name})
        return redirect(company_url(request.actor, "member", member.pk))
    context = {"form": form, "member": member}
    return render(request, "web/members/customers.html", context, status=status_of(form))


def list_charges(member: Member) -> list[str]:
    """The names of the customers in a member's charge."""
    rows = CustomerRep.objects.filter(member=member).order_by("company__name", "id")
    return list(rows.values_list("company__name", flat=True))


def _initial(member: Member) -> dict[str, Any]:
    charges = CustomerRep.objects.filter(member=member)
    return {
        "version": member.version,
        "sight": "all" if member.sees_all_customers else "these",
        "companies": list(charges.values_list("company_id", flat=True)),
    }
