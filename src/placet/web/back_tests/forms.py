"""Which text of a rulebook is tried, and how far back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from placet.plans.back_test import MOST_DAYS

USUAL_DAYS = 90
DAYS_NEEDED = _("A whole number of days, from 1 to 730.")


class BackTestForm(forms.Form):
    """The text (``draft`` or a version's number) and the days."""

    text = forms.ChoiceField(label=_("What is tried"))
    days = forms.IntegerField(
        label=_("Days back"),
        min_value=1,
        max_value=MOST_DAYS,
        error_messages=dict.fromkeys(("min_value", "max_value", "invalid"), DAYS_NEEDED),
        help_text=_("Purchases that were submitted in these days; at most two years."),
    )

    def __init__(self, *given: Any, texts: Sequence[tuple[str, str]], **options: Any) -> None:
        """Offer the texts of one rulebook."""
        super().__init__(*given, **options)
        self.fields["text"].choices = texts  # type: ignore[attr-defined]
