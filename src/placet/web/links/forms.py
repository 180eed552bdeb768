"""What people outside send, and what a link is made of."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from placet.carts.actions.share_links import LONGEST

USUAL = timedelta(days=14)


class GuestForm(forms.Form):
    """Who wants to comment; they are believed once the address is confirmed."""

    name = forms.CharField(max_length=80, label=_("Your name"))
    email = forms.EmailField(label=_("Your e-mail address"))


class TextForm(forms.Form):
    """Something that somebody says."""

    text = forms.CharField(required=False)


class LinkForm(forms.Form):
    """A link to be made: its end, and what it shows beside the products."""

    ends_on = forms.DateField(
        label=_("It ends after"),
        help_text=_("90 days from now at most."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    shows_prices = forms.BooleanField(
        required=False,
        label=_("Show our prices"),
        help_text=_("Whoever has the link sees what your company pays."),
    )
    shows_names = forms.BooleanField(
        required=False,
        label=_("Show names"),
        help_text=_("Your name and your company’s."),
    )
    may_comment = forms.BooleanField(
        required=False,
        label=_("Allow comments"),
        help_text=_("After confirming an e-mail address. You are told of each."),
    )

    def __init__(self, *args: Any, now: datetime, time_zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now, self.zone = now, ZoneInfo(time_zone)
        today = now.astimezone(self.zone).date()
        field = self.fields["ends_on"]
        field.initial = today + USUAL
        field.widget.attrs |= {"min": today.isoformat(), "max": (today + LONGEST).isoformat()}

    @property
    def expires_at(self) -> datetime:
        """The last moment of the chosen day, but no later than a link lasts at all."""
        on: date = self.cleaned_data["ends_on"]
        end = datetime.combine(on, time(23, 59, 59), self.zone)
        is_last_day = end.date() == (self.now + LONGEST).astimezone(self.zone).date()
        return self.now + LONGEST if is_last_day else end
