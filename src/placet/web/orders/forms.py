"""What the order pages are asked with and told."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from placet.web.budgets.forms import AmountField, DayField


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

    cancel_reason = forms.CharField(max_length=2000, required=False)


class Question(forms.Form):
    """What the buyer asks of the supplier, and why."""

    kind = forms.CharField(max_length=20, required=False)
    ask_reason = forms.CharField(max_length=2000, required=False)


class Answer(forms.Form):
    """Why the supplier declines."""

    answer = forms.CharField(max_length=2000, required=False)


class Acknowledgement(forms.Form):
    """The number that the order has in the supplier's own system."""

    erp_number = forms.CharField(max_length=200, required=False)
    content_hash = forms.CharField(max_length=64, required=False)


class Failure(forms.Form):
    """Why the supplier's system could not take the order."""

    reason = forms.CharField(max_length=2000, required=False)
