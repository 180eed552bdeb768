"""Which deliveries the lists show; all of it is in the address."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from placet.web.budgets.forms import DayField

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
    "key_ending": _("An API key ends soon"),
}


class DeliveryFilter(forms.Form):
    """A state, one endpoint, one type of event or all of a kind, and since which day."""

    status = forms.ChoiceField(choices=DELIVERY_STATES, required=False)
    endpoint = forms.CharField(max_length=40, required=False)
    type = forms.RegexField(
        r"^[a-z_]+\.([a-z_]+|\*)$",
        max_length=60,
        required=False,
        label=_("Event"),
        error_messages={"invalid": _("Write an event such as order.created or order.*")},
        widget=forms.TextInput(attrs={"list": "event-types", "placeholder": "order.*"}),
    )
    since = DayField(required=False, label=_("Since"))


class MailFilter(forms.Form):
    """A state."""

    status = forms.ChoiceField(choices=MAIL_STATES, required=False)
