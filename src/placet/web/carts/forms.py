"""What the cart's pages are told; the actions validate, these only read types."""

from __future__ import annotations

from typing import Any, Final

from django import forms

MOST_TEXT = 60_000
REFERENCE: Final = "reference-"
"""What the names of the company's own fields begin with; their keys follow."""


class NewCartForm(forms.Form):
    """The name of a cart that begins."""

    name = forms.CharField(required=False)


class AddForm(forms.Form):
    """One field for everything: a SKU, a name, or rows of SKU and quantity."""

    text = forms.CharField(max_length=MOST_TEXT, required=False)
    quantity = forms.IntegerField(min_value=1, max_value=1_000_000, required=False)


class QuantityForm(forms.Form):
    """How many, and which version of the line its author was looking at."""

    quantity = forms.IntegerField(min_value=0, max_value=10_000_000)
    version = forms.IntegerField(min_value=0, required=False)


class CommentForm(forms.Form):
    """Something that somebody says."""

    text = forms.CharField(required=False)


class ShareForm(forms.Form):
    """Whom to let in, a colleague or a unit, and how far."""

    member = forms.CharField(max_length=40, required=False)
    unit = forms.CharField(max_length=40, required=False)
    level = forms.CharField(max_length=10, required=False)


class DetailsForm(forms.Form):
    """What the purchase says beside its lines; only what was sent is changed.

    How long a text may be is said by the action, so that nothing is lost without a word.
    """

    po_number = forms.CharField(required=False)
    cost_center = forms.CharField(max_length=40, required=False)
    ship_to = forms.CharField(max_length=40, required=False)
    bill_to = forms.CharField(max_length=40, required=False)
    justification = forms.CharField(required=False)
    requested_on = forms.DateField(required=False)
    terms = forms.CharField(max_length=40, required=False)

    def changes(self) -> dict[str, Any]:
        """The values that were sent, by the names that the action knows."""
        names = {"cost_center": "cost_center_id", "ship_to": "ship_to_id", "bill_to": "bill_to_id"}
        found: dict[str, Any] = {
            names.get(name, name): value
            for name, value in self.cleaned_data.items()
            if name in self.data
        }
        own = {
            name.removeprefix(REFERENCE): str(self.data[name])
            for name in self.data
            if name.startswith(REFERENCE)
        }
        return {**found, "references": own} if own else found


class SubmitForm(forms.Form):
    """The plan that was shown, and that its warnings were read."""

    plan_hash = forms.CharField(max_length=64, required=False)
    acknowledged = forms.BooleanField(required=False)
