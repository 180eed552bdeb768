"""Fields for working days and hours, as companies and members set them."""

from __future__ import annotations

from typing import Any

from babel.dates import get_day_names
from django import forms
from django.utils.translation import gettext_lazy as _

from placet.web.formats import reader_locale


class HoursFields(forms.Form):
    """Which days of the week, from when and until when."""

    working_days = forms.TypedMultipleChoiceField(
        coerce=int,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "check"}),
        label=_("Working days"),
    )
    work_starts = forms.TimeField(
        label=_("From"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    work_ends = forms.TimeField(
        label=_("Until"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("00:00 is midnight."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["working_days"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = list_days()


def list_days() -> list[tuple[int, str]]:
    """The days of the week in the reader's language, Monday first."""
    names = get_day_names("wide", context="stand-alone", locale=reader_locale())
    return [(number, names[number - 1]) for number in range(1, 8)]
