"""What the inbox and the decision page are told."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from placet.web.inbox.flags import LOOKS

TABS: list[tuple[str, str]] = [
    (name, name) for name in ("decide", "delegated", "others", "decided")
]
DUES = (("over", _("Overdue")), ("today", _("By today")), ("week", _("Within a week")))
COLUMNS = {
    "due": "due_at",
    "total": "total_minor",
    "submitted": "requisition__submitted_at",
}
CURRENCY = "currency"
SORTS: list[tuple[str, str]] = [
    (f"{sign}{column}", column) for column in COLUMNS for sign in ("", "-")
]


class InboxFilter(forms.Form):
    """The words of the address; what is not understood is left out."""

    tab = forms.ChoiceField(choices=TABS, required=False)
    q = forms.CharField(max_length=100, required=False)
    look = forms.ChoiceField(choices=LOOKS, required=False)
    due = forms.ChoiceField(choices=DUES, required=False)
    sort = forms.ChoiceField(choices=SORTS, required=False)


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
