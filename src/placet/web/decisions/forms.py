"""What the forms of the decision page send; the actions check all of it."""

from __future__ import annotations

import re

from django import forms
from django.utils.translation import gettext as _

from placet.core.errors import InvalidInput

WHOLE = re.compile(r"-?[0-9]{1,15}")
LARGEST = 10**15


class LinesForm(forms.Form):
    """Quantities as ``line-3``, one a line; ``answer`` is a look at what follows, or the answer."""

    content_hash = forms.CharField(max_length=64, required=False)
    reason = forms.CharField(required=False)
    answer = forms.CharField(max_length=10, required=False)

    def lines(self) -> dict[int, int]:
        """By number of the line what is left of it.

        Raises ``InvalidInput`` for what is no whole number, an empty field too: left out, it would
        approve the whole line.
        """
        found: dict[int, int] = {}
        for name, value in self.data.items():
            prefix, _dash, number = name.partition("-")
            if prefix != "line" or not WHOLE.fullmatch(number):
                continue
            typed = str(value).strip()
            if not WHOLE.fullmatch(typed):
                raise InvalidInput(f"lines/{number}", "not_whole", _("Write a whole number."))
            found[int(number)] = int(typed)
        return found


class SuggestionForm(forms.Form):
    """Another quantity of a line, or another product; line 0 is one more product."""

    content_hash = forms.CharField(max_length=64, required=False)
    line = forms.IntegerField(min_value=0, max_value=LARGEST, required=False)
    quantity = forms.IntegerField(min_value=-LARGEST, max_value=LARGEST, required=False)
    sku = forms.CharField(max_length=64, required=False)
    note = forms.CharField(required=False)


class ColleagueForm(forms.Form):
    """Who is asked, and why."""

    member = forms.CharField(max_length=40, required=False)
    note = forms.CharField(required=False)


class CommentForm(forms.Form):
    """Something to say about the purchase (line 0) or about one of its lines."""

    line = forms.IntegerField(min_value=0, max_value=LARGEST, required=False)
    text = forms.CharField(required=False)


class AcceptForm(forms.Form):
    """The suggestions that are accepted, and the plan that was shown for them."""

    plan_hash = forms.CharField(max_length=64, required=False)
    read = forms.BooleanField(required=False)

    def chosen(self) -> list[str]:
        """The ids of the suggestions that are ticked."""
        given = self.data.getlist("suggestion") if hasattr(self.data, "getlist") else []
        return list(dict.fromkeys(given))[:100]
