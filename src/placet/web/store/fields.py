"""Fields that the merchant's forms share: percentages, days, lines of two values."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from placet.web.typed_numbers import NotANumber, read_number, show_number

WHOLE = 10_000


class PercentField(forms.CharField):
    """A percentage as people type it, with two decimals at most; its value is in basis points."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 10)
        super().__init__(**options)
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off", "class": "num"}

    def clean(self, value: Any) -> Any:
        """Basis points; nothing for an empty field."""
        typed = str(super().clean(value) or "").strip().removesuffix("%").strip()
        return read_percent(typed) if typed else None


class DayField(forms.DateField):
    """A day of the merchant's calendar, chosen from the browser's own."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        options.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**options)


def read_percent(typed: str) -> int:
    """Basis points of what was typed; raises ``ValidationError``."""
    try:
        scaled = read_number(typed) * 100
    except NotANumber as error:
        raise forms.ValidationError(_("Type a percentage, such as 7.5.")) from error
    if scaled != scaled.to_integral_value() or not 0 <= scaled <= WHOLE:
        raise forms.ValidationError(_("A percentage is from 0 to 100, with two decimals at most."))
    return int(scaled)


def show_percent(basis_points: int) -> str:
    """The percentage for a field: "7.5"."""
    return show_number((Decimal(basis_points) / 100).normalize())
