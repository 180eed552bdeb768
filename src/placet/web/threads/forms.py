"""What somebody says on a conversation's page."""

from __future__ import annotations

from typing import Any

from django import forms

from placet.companies.models import Member


class SpeakForm(forms.Form):
    """A comment, with the colleagues who are to be told of it; files are read apart."""

    text = forms.CharField(required=False, strip=False)
    mention = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, people: list[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["mention"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(one.pk, one.user.name) for one in people]
