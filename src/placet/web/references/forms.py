"""A reference field as a company's admin defines it."""

from __future__ import annotations

import re
from typing import Any, Final

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from placet.companies.actions.reference_fields import FieldShape
from placet.companies.models import ReferenceField

KINDS: Final = (
    (ReferenceField.Kind.TEXT, _("Any text")),
    (ReferenceField.Kind.LIST, _("One of a list")),
    (ReferenceField.Kind.PATTERN, _("A text of a certain form")),
)
NAMES: Final = (
    *("name", "kind", "pattern", "hint", "position"),
    *("is_required", "is_for_supplier", "is_per_line"),
)


class ReferenceFieldForm(forms.Form):
    """What is asked with each purchase; the key stays, since rules and exports name it."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    name = forms.CharField(
        max_length=80, label=_("Name"), help_text=_("As the buyer reads it, such as “Project”.")
    )
    key = forms.CharField(
        max_length=40,
        required=False,
        label=_("Key"),
        help_text=_("How rules and exports call it. Empty: made from the name."),
    )
    kind = forms.ChoiceField(choices=KINDS, label=_("What is written there"))
    choices = forms.CharField(
        required=False,
        max_length=110_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        label=_("The list"),
        help_text=_("One a line. Only for a list."),
    )
    pattern = forms.CharField(
        max_length=100,
        required=False,
        label=_("The form"),
        help_text=_("Such as P-\\d{4}. Only for a text of a certain form."),
    )
    hint = forms.CharField(
        max_length=100,
        required=False,
        label=_("Example beside the field"),
        help_text=_("Such as P-2031."),
    )
    is_required = forms.BooleanField(
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "check"}),
        label=_("Nothing is submitted without it"),
    )
    is_for_supplier = forms.BooleanField(
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "check"}),
        label=_("The supplier reads it on the order"),
    )
    is_per_line = forms.BooleanField(
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "check"}),
        label=_("It is asked of every line"),
    )
    position = forms.IntegerField(
        min_value=0, max_value=1_000, initial=0, label=_("Place among the fields")
    )

    def __init__(self, posted: Any = None, *, field: ReferenceField | None) -> None:
        super().__init__(posted, initial=_initial(field))
        if field is not None:
            del self.fields["key"]

    @property
    def shape(self) -> FieldShape:
        """What the actions are told."""
        texts: dict[str, Any] = {name: self.cleaned_data[name] for name in NAMES}
        return FieldShape(**texts, choices=self.cleaned_data["choices"].splitlines())

    @property
    def chosen_key(self) -> str:
        """The key that was typed, or one made from the name."""
        return self.cleaned_data["key"].strip() or _key_of(self.cleaned_data["name"])


def _key_of(name: str) -> str:
    plain = re.sub(r"[^a-z0-9_]", "", slugify(name).replace("-", "_"))[:40]
    return plain.lstrip("_0123456789") or "field"


def _initial(field: ReferenceField | None) -> dict[str, Any]:
    if field is None:
        return {}
    found = {name: getattr(field, name) for name in (*NAMES, "version")}
    return {**found, "choices": "\n".join(field.choices)}
