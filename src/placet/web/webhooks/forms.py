"""A new endpoint: where it is, and what it wants to hear."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.core.actor import Actor
from placet.web.budgets.forms import DayField
from placet.web.webhooks.page import list_event_names, offered_events
from placet.webhooks.models import Endpoint


class NewEndpoint(forms.Form):
    """An address that is told already is refused, so that a form sent twice adds one."""

    url = forms.CharField(
        max_length=500,
        label=gettext_lazy("Address"),
        help_text=gettext_lazy("It starts with https:// and can be reached from the internet."),
        widget=forms.URLInput(attrs={"placeholder": "https://", "autocomplete": "off"}),
    )
    event_types = forms.MultipleChoiceField(required=False, label=gettext_lazy("Events"))
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        posted = self.data.getlist("event_types") if isinstance(self.data, QueryDict) else []
        chosen = posted if self.is_bound else list(self.initial.get("event_types", []))
        self.offered = offered_events(chosen)
        field = self.fields["event_types"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(name, name) for name in list_event_names()]

    def clean_url(self) -> str:
        """One endpoint for each address."""
        url = str(self.cleaned_data["url"]).strip()
        others = Endpoint.objects.exclude(pk=self.initial.get("endpoint"))
        if others.filter(company_id=self.actor.company_id, url=url).exists():
            raise forms.ValidationError(_("This address has an endpoint already."))
        return url


class ReplaySince(forms.Form):
    """Since when events are sent again: a day and a time, or the position behind which to begin."""

    since_on = DayField(label=gettext_lazy("Since"), required=False)
    since_at = forms.TimeField(
        label=gettext_lazy("At"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=gettext_lazy("Without a time, from the beginning of that day."),
    )
    position = forms.IntegerField(
        label=gettext_lazy("Or behind the position"),
        required=False,
        min_value=0,
        max_value=10**15,
        help_text=gettext_lazy("The last position that your system has, as the API tells it."),
    )

    def clean(self) -> dict[str, Any]:
        """One of the two is needed."""
        cleaned = super().clean() or {}
        if not self.errors and cleaned.get("since_on") is None and cleaned.get("position") is None:
            self.add_error("since_on", _("Say since when, or behind which position."))
        return cleaned

    @property
    def since(self) -> datetime | None:
        """The moment that was asked for, in the time zone of whoever asks."""
        on = self.cleaned_data.get("since_on")
        if on is None:
            return None
        at = self.cleaned_data.get("since_at") or datetime.min.time()
        return timezone.make_aware(datetime.combine(on, at))

    @property
    def position_behind(self) -> int:
        """The position behind which to begin; 0 is the start."""
        return int(self.cleaned_data.get("position") or 0)
