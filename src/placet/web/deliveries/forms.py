"""Which deliveries the lists show; all of it is in the address."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

DELIVERY_STATES = (
    ("", _("All")),
    ("waiting", _("Waiting")),
    ("failed", _("Given up")),
    ("delivered", _("Delivered")),
)
MAIL_STATES = (
    ("", _("All")),
    ("waiting", _("Waiting")),
    ("failed", _("Given up")),
    ("sent", _("Sent")),
    ("dropped", _("Dropped")),
)


MAIL_KINDS = {
    "decide": _("Something to decide"),
    "mentioned": _("A comment that names them"),
    "ordered": _("Their requisition became an order"),
    "rejected": _("Their requisition was rejected"),
    "placement_failed": _("Their requisition could not be placed"),
    "acknowledged": _("Their order was taken over"),
    "endpoint_failing": _("Webhooks do not arrive"),
    "endpoint_off": _("An endpoint was switched off"),
}


class DeliveryFilter(forms.Form):
    """A state, and one endpoint."""

    status = forms.ChoiceField(choices=DELIVERY_STATES, required=False)
    endpoint = forms.CharField(max_length=40, required=False)


class MailFilter(forms.Form):
    """A state."""

    status = forms.ChoiceField(choices=MAIL_STATES, required=False)
