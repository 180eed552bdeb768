"""What is sent when a tried purchase is kept as an example."""

from __future__ import annotations

from django import forms


class KeepForm(forms.Form):
    """The tried purchase as its address, the rule that is meant (or none), and a name for it."""

    tried = forms.CharField(max_length=20_000, required=False)
    rulebook = forms.CharField(max_length=40, required=False)
    rule = forms.CharField(max_length=200, required=False)
    name = forms.CharField(max_length=120, required=False)
    version = forms.IntegerField(min_value=1, required=False)
