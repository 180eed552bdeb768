"""A rulebook's file on its way in: uploaded or pasted, with each fault at its place."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.core.errors import InvalidInput

MOST_BYTES: Final = 1_000_000
MOST_FAULTS: Final = 20


class ImportForm(forms.Form):
    """One of the two. What was pasted stays in its field; an upload has to be chosen again."""

    file = forms.FileField(
        required=False,
        label=gettext_lazy("A file"),
        widget=forms.FileInput(attrs={"class": "input", "accept": ".yaml,.yml,text/yaml"}),
    )
    text = forms.CharField(
        required=False,
        strip=False,
        label=gettext_lazy("Or paste the text"),
        widget=forms.Textarea(
            attrs={"class": "textarea code", "rows": 16, "spellcheck": "false", "wrap": "off"}
        ),
    )

    def clean(self) -> dict[str, Any]:
        """The text of whichever was sent, as ``whole``."""
        cleaned = super().clean() or {}
        sent = cleaned.get("file")
        text = str(cleaned.get("text") or "")
        if sent is not None and text.strip():
            self.add_error(None, _("Choose a file or paste a text, not both."))
        elif sent is not None:
            text = self._read(sent)
        elif not text.strip() and not self.errors:
            self.add_error(None, _("Choose a file, or paste its text."))
        return {**cleaned, "whole": text}

    def _read(self, sent: Any) -> str:
        if sent.size > MOST_BYTES:
            self.add_error("file", _("A rulebook has at most a million characters."))
            return ""
        try:
            return bytes(sent.read()).decode("utf-8-sig")
        except UnicodeDecodeError:
            self.add_error("file", _("This is no text in UTF-8."))
            return ""


def show_faults(form: ImportForm, error: InvalidInput) -> None:
    """Every fault that the reader found, each with the place in the file that it is about."""
    faults = error.facts.get("faults", ())
    if not faults:
        where = "" if error.path in ("file", "document/side") else f"{error.path}: "
        form.add_error(None, f"{where}{error.detail}")
        return
    for fault in faults[:MOST_FAULTS]:
        said = _("At %(pointer)s: %(detail)s")
        form.add_error(None, said % {"pointer": fault.pointer or "/", "detail": fault.detail})
