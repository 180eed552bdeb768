"""Out of office: the first and the last day away, and who decides meanwhile."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.companies.queries import list_members
from placet.core.actor import Actor

LONGEST = timedelta(days=3653)


class AbsenceForm(forms.Form):
    """Days are whole days in the member's own time zone; the last day is still away."""

    from_on = forms.DateField(
        label=gettext_lazy("First day away"), widget=forms.DateInput(attrs={"type": "date"})
    )
    until_on = forms.DateField(
        label=gettext_lazy("Last day away"), widget=forms.DateInput(attrs={"type": "date"})
    )
    delegate = forms.ChoiceField(
        label=gettext_lazy("Who decides for me"),
        required=False,
        help_text=gettext_lazy("They see what you would see, and decide under their own name."),
    )

    def __init__(self, *args: Any, actor: Actor, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = ZoneInfo(actor.time_zone)
        self.today = now.astimezone(self.zone).date()
        for name in ("from_on", "until_on"):
            self.fields[name].widget.attrs["min"] = self.today.isoformat()
        others = list_members(actor).exclude(pk=actor.member_id)
        people = [(member.pk, f"{member.user.name}, {member.unit.name}") for member in others]
        field = self.fields["delegate"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Nobody: my steps go to the next who may decide")), *people]

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first, and not behind us."""
        found = super().clean() or {}
        first, last = found.get("from_on"), found.get("until_on")
        if isinstance(first, date) and isinstance(last, date):
            if last < first:
                self.add_error("until_on", _("The last day is not before the first."))
            elif last < self.today:
                self.add_error("until_on", _("The last day is today or later."))
            elif first < self.today - LONGEST or last > self.today + LONGEST:
                self.add_error("until_on", _("An absence lies within ten years."))
        return found

    @property
    def starts_at(self) -> datetime:
        """Midnight at which the absence begins."""
        return self._midnight(self.cleaned_data["from_on"])

    @property
    def ends_at(self) -> datetime:
        """Midnight behind the last day."""
        return self._midnight(self.cleaned_data["until_on"] + timedelta(days=1))

    def _midnight(self, on: date) -> datetime:
        return datetime.combine(on, time.min, tzinfo=self.zone)
