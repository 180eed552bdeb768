"""What the inbox and the decision page are told."""

from __future__ import annotations

from django import forms


class DecisionForm(forms.Form):
    """An answer about exactly the content with this hash; the gate checks all of it."""

    decision = forms.CharField(max_length=20, required=False)
    reason = forms.CharField(required=False)
    content_hash = forms.CharField(max_length=64, required=False)


class BulkForm(forms.Form):
    """Rows as ``step:hash``: each approval names the content that stood in its row."""

    row = forms.MultipleChoiceField(required=False)

    def chosen(self) -> list[tuple[str, str]]:
        """Pairs of step and content hash, in the order of the list, each once."""
        given = self.data.getlist("row") if hasattr(self.data, "getlist") else []
        pairs = (value.partition(":") for value in dict.fromkeys(given))
        return [(step_id, content_hash) for step_id, _colon, content_hash in pairs][:200]
