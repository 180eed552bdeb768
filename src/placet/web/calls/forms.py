"""Which calls the list shows; all of it is in the address."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from placet.calls.queries import METHODS, CallFilter
from placet.companies.models import ApiKey
from placet.web.budgets.forms import DayField

OUTCOMES = (
    ("", _("All")),
    ("2xx", _("Succeeded")),
    ("4xx", _("Refused")),
    ("5xx", _("Our mistakes")),
)


class CallForm(forms.Form):
    """A key, a method, what became of it, the code of a problem, a first day."""

    outcome = forms.ChoiceField(choices=OUTCOMES, required=False, widget=forms.HiddenInput)
    key = forms.CharField(max_length=40, required=False, label=_("Key"), widget=forms.Select)
    method = forms.ChoiceField(
        required=False,
        label=_("Method"),
        choices=[("", _("Every method")), *((name, name) for name in METHODS)],
    )
    code = forms.CharField(
        max_length=60,
        required=False,
        label=_("Code"),
        widget=forms.TextInput(attrs={"placeholder": "not_found"}),
    )
    since = DayField(required=False, label=_("From"))

    def offer_keys(self, keys: Sequence[ApiKey]) -> None:
        """Let the select name the company's keys."""
        choices = [("", _("Every key")), *((key.pk, key.name) for key in keys)]
        self.fields["key"].widget = forms.Select(choices=choices)

    def meant(self, zone: str) -> CallFilter:
        """What the valid fields say; days are those of this time zone."""
        self.is_valid()
        said: dict[str, Any] = self.cleaned_data
        day = said.get("since")
        return CallFilter(
            key_id=said.get("key") or "",
            method=said.get("method") or "",
            outcome=said.get("outcome") or "",
            code=(said.get("code") or "").strip(),
            since=datetime.combine(day, time.min, tzinfo=ZoneInfo(zone)) if day else None,
        )
