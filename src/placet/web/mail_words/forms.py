"""What a letter is worded with."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from placet.notices.models import MailTemplate
from placet.notices.wordings import LONGEST_BODY, LONGEST_SUBJECT, first_subject


class WordsForm(forms.Form):
    """Subject and introduction; ``version`` is that of the words that were seen."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    subject = forms.CharField(max_length=LONGEST_SUBJECT, label=_("Subject"))
    body = forms.CharField(
        max_length=LONGEST_BODY,
        required=False,
        strip=False,
        label=_("Introduction"),
        help_text=_(
            "Plain text above the letter’s own sentence. Empty: the letter begins with it."
        ),
        widget=forms.Textarea(attrs={"rows": 7}),
    )

    def __init__(
        self, posted: Any = None, *, letter: str, language: str, kept: MailTemplate | None
    ) -> None:
        super().__init__(
            posted,
            initial={
                "version": kept.version if kept else 0,
                "subject": kept.subject if kept else first_subject(letter, language),
                "body": kept.body if kept else "",
            },
        )

    @property
    def words(self) -> tuple[str, str]:
        """What stands in the fields now, typed or kept."""
        return str(self["subject"].value() or ""), str(self["body"].value() or "")
