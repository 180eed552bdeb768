"""What the order pages are asked with and told."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from placet.orders.models import Order
from placet.web.budgets.forms import AmountField, DayField

STATES = [
    (Order.Status.AWAITING_PAYMENT.value, _("Awaiting payment")),
    (Order.Status.UNPROCESSED.value, _("Unprocessed")),
    (Order.Status.EXPORTED.value, _("Exported")),
    (Order.Status.FAILED.value, _("Failed")),
]


class Receipt(forms.Form):
    """What came in for a prepaid order, in the order's currency."""

    amount = AmountField(smallest=1, label=_("Amount"))
    received_on = DayField(label=_("Received on"))
    reference = forms.CharField(
        max_length=120,
        label=_("Reference"),
        help_text=_("As on the bank statement."),
    )


class Cancellation(forms.Form):
    """Why an order is cancelled."""

    reason = forms.CharField(max_length=2000, required=False)


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
