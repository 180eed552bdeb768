"""A new endpoint: where it is, and what it wants to hear."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.core.actor import Actor
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

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        chosen = self.data.getlist("event_types") if isinstance(self.data, QueryDict) else []
        self.offered = offered_events(chosen)
        field = self.fields["event_types"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(name, name) for name in list_event_names()]

    def clean_url(self) -> str:
        """One endpoint for each address."""
        url = str(self.cleaned_data["url"]).strip()
        if Endpoint.objects.filter(company_id=self.actor.company_id, url=url).exists():
            raise forms.ValidationError(_("This address has an endpoint already."))
        return url
