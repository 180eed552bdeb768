"""What the order pages are asked with and told."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from placet.orders.models import Order

STATES = [
    (Order.Status.UNPROCESSED.value, _("Unprocessed")),
    (Order.Status.EXPORTED.value, _("Exported")),
    (Order.Status.FAILED.value, _("Failed")),
]


class OrderFilter(forms.Form):
    """The list's filters, all in the address."""

    status = forms.ChoiceField(choices=STATES, required=False)
    q = forms.CharField(max_length=100, required=False)


class Acknowledgement(forms.Form):
    """The number that the order has in the supplier's own system."""

    erp_number = forms.CharField(max_length=200, required=False)


class Failure(forms.Form):
    """Why the supplier's system could not take the order."""

    reason = forms.CharField(max_length=2000, required=False)
