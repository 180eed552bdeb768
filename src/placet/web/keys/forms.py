"""A new key: its name, what it may do, and when it ends."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.companies.models import ApiKey
from placet.core.actor import Actor
from placet.web.keys.page import offered_scopes

LIFETIMES: Final = (
    ("90", gettext_lazy("In 90 days")),
    ("365", gettext_lazy("In a year")),
    ("30", gettext_lazy("In 30 days")),
    ("never", gettext_lazy("Never: until it is revoked")),
)
STATES: Final = (
    ("", gettext_lazy("All")),
    ("working", gettext_lazy("Working")),
    ("ended", gettext_lazy("Ended")),
)


class KeyFilter(forms.Form):
    """Which keys the list shows."""

    state = forms.ChoiceField(choices=STATES, required=False)


OVERLAPS: Final = (
    ("24", gettext_lazy("In a day")),
    ("168", gettext_lazy("In a week")),
    ("1", gettext_lazy("In an hour")),
    ("0", gettext_lazy("Now")),
)


class Rotation(forms.Form):
    """How long the old key goes on beside its successor."""

    overlap = forms.ChoiceField(
        choices=OVERLAPS, initial="24", label=gettext_lazy("The old key ends")
    )

    def old_ends_at(self, now: datetime) -> datetime:
        """When the old key ends."""
        return now + timedelta(hours=int(self.cleaned_data["overlap"]))


class NewKey(forms.Form):
    """Refuses a name that a working key has, so that a form sent twice makes one key."""

    name = forms.CharField(
        max_length=120,
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("Which program uses it, such as “ERP, production”."),
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What it may do"),
        error_messages={"required": gettext_lazy("Choose at least one right.")},
    )
    lifetime = forms.ChoiceField(choices=LIFETIMES, initial="90", label=gettext_lazy("It ends"))

    def __init__(self, *args: Any, actor: Actor, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.now = actor, now
        chosen = self.data.getlist("scopes") if isinstance(self.data, QueryDict) else []
        self.offered = offered_scopes(actor, chosen)
        field = self.fields["scopes"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(s.key, s.label) for s in self.offered if s.refusal is None]

    def clean_name(self) -> str:
        """Working keys have different names."""
        name = str(self.cleaned_data["name"]).strip()
        working = ApiKey.objects.filter(
            company_id=self.actor.company_id, name=name, revoked_at__isnull=True
        )
        if working.exists():
            raise forms.ValidationError(_("A key of this name works already. Revoke it first."))
        return name

    @property
    def expires_at(self) -> datetime | None:
        """When the key ends; nothing for never."""
        days = self.cleaned_data["lifetime"]
        return None if days == "never" else self.now + timedelta(days=int(days))
