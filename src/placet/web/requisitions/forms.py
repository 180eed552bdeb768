"""What the requisition pages are asked with."""

from __future__ import annotations

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from placet.requisitions.models import Requisition

Status = Requisition.Status
CANCELLED: Final = "cancelled"
"""Ordered, and the order was cancelled: a state of the order, which the list tells as its own."""
STATES = [
    ("open", _("Waiting")),
    (Status.ORDERED.value, _("Ordered")),
    (CANCELLED, _("Cancelled")),
    (Status.REJECTED.value, _("Rejected")),
    (Status.WITHDRAWN.value, _("Withdrawn")),
]


class RequisitionFilter(forms.Form):
    """The list's filters, all in the address."""

    status = forms.ChoiceField(choices=STATES, required=False)
    whose = forms.ChoiceField(choices=[("mine", _("Mine"))], required=False)
    q = forms.CharField(max_length=100, required=False)
