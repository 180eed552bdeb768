"""Which of the customers' requisitions are looked at: words, customer, whom they wait for."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from placet.core.actor import Actor
from placet.requisitions.models import Requisition, Step
from placet.web.customers.choosing import select_customer

WAITS: Final = [("", _("All")), ("us", _("Waits for us")), ("them", _("Waits for the customer"))]


class AwaitingFilter(forms.Form):
    """The list's filters, all in the address."""

    q = forms.CharField(max_length=100, required=False)
    customer = forms.CharField(max_length=40, required=False, label=_("Customer"))
    waits = forms.ChoiceField(choices=WAITS, required=False)

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["customer"].widget = select_customer(actor)
        self.is_valid()

    @property
    def said(self) -> dict[str, str]:
        """The filters that are set."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    def leave(self, rows: QuerySet[Requisition]) -> QuerySet[Requisition]:
        """The rows that match every filter."""
        said = self.said
        if said.get("q"):
            rows = rows.filter(_names(said["q"]))
        if said.get("customer"):
            rows = rows.filter(company_id=said["customer"])
        if said.get("waits"):
            is_ours = Exists(
                Step.objects.filter(
                    revision_id=OuterRef("revision_id"), side="merchant", status="pending"
                )
            )
            rows = rows.filter(is_ours if said["waits"] == "us" else ~is_ours)
        return rows


def _names(text: str) -> Q:
    """What the merchant may look a purchase up by, and nothing that is the buyer's own."""
    return (
        Q(number__iexact=text)
        | Q(name__icontains=text)
        | Q(po_number__icontains=text)
        | Q(company__name__icontains=text)
        | Q(requester__user__name__icontains=text)
    )
