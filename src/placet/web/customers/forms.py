"""Which companies the list shows; all of it is in the address."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

STATES = (
    ("", _("All")),
    ("active", _("Active")),
    ("suspended", _("Suspended")),
)


class CustomerFilter(forms.Form):
    """A name and a state."""

    q = forms.CharField(max_length=100, required=False, label=_("Name"))
    state = forms.ChoiceField(choices=STATES, required=False, label=_("State"))
