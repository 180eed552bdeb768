"""Out of office: first and last day, who decides meanwhile, up to what and for which unit."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.companies.models import Member, Unit
from placet.companies.queries import list_members, list_units
from placet.core.actor import Actor
from placet.web.budgets.forms import AmountField, set_currency
from placet.web.formats import money_currency
from placet.web.members.choices import people_choices, set_choices, unit_choices
from placet.web.members.reach import is_household
from placet.web.settings.standing_in import Wanted

LONGEST = timedelta(days=3653)
AWAY, HERE = "away", "here"
WHAT: Final = (
    (AWAY, gettext_lazy("Away")),
    (HERE, gettext_lazy("Here: somebody else may decide too")),
)


class AbsenceForm(forms.Form):
    """Days are whole days in the member's own time zone; the last day is still away."""

    from_on = forms.DateField(
        label=gettext_lazy("First day away"), widget=forms.DateInput(attrs={"type": "date"})
    )
    until_on = forms.DateField(
        label=gettext_lazy("Last day away"), widget=forms.DateInput(attrs={"type": "date"})
    )
    what = forms.ChoiceField(choices=WHAT, required=False, label=gettext_lazy("On these days"))
    delegate = forms.ChoiceField(
        label=gettext_lazy("Who decides for me"),
        required=False,
        help_text=gettext_lazy("They see what you would see, and decide under their own name."),
    )
    cap = AmountField(required=False, label=gettext_lazy("Up to, an order"))
    unit = forms.ChoiceField(required=False, label=gettext_lazy("For purchases of"))

    def __init__(
        self,
        *args: Any,
        actor: Actor,
        now: datetime,
        principal: Member | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.actor = actor
        self.zone = ZoneInfo(principal.time_zone if principal else actor.time_zone)
        self.today = now.astimezone(self.zone).date()
        for name in ("from_on", "until_on"):
            self.fields[name].widget.attrs["min"] = self.today.isoformat()
        self.people = _people(actor, principal)
        set_choices(self, "delegate", [("", _nobody(principal)), *self.people])
        if principal is not None:
            self.fields["delegate"].label = _("Who decides for them")
            self.fields["delegate"].help_text = _("They decide under their own name.")
        set_currency(self, "cap", actor.currency)
        self.units: dict[str, Unit] = {unit.pk: unit for unit in list_units(actor)}
        units = unit_choices(self.units.values())
        set_choices(self, "unit", [("", _("Every unit")), *units])
        if is_household(actor):
            del self.fields["unit"]

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first, and not behind us; nobody is here for nothing."""
        found = super().clean() or {}
        first, last = found.get("from_on"), found.get("until_on")
        if isinstance(first, date) and isinstance(last, date):
            if last < first:
                self.add_error("until_on", _("The last day is not before the first."))
            elif last < self.today:
                self.add_error("until_on", _("The last day is today or later."))
            elif first < self.today - LONGEST or last > self.today + LONGEST:
                self.add_error("until_on", _("An absence lies within ten years."))
        if found.get("what") == HERE and not found.get("delegate"):
            self.add_error("delegate", _("Say who decides too."))
        return found

    @property
    def wanted(self) -> Wanted:
        """What was asked for; the delegate is one of those who were offered."""
        found = self.cleaned_data
        chosen = found.get("delegate")
        delegate = list_members(self.actor).filter(pk=chosen).first() if chosen else None
        cap = found.get("cap")
        return Wanted(
            self.starts_at,
            self.ends_at,
            is_away=found.get("what") != HERE,
            delegate=delegate,
            cap="" if cap is None else money_currency(cap, self.actor.currency),
            unit=self.units.get(found.get("unit") or ""),
        )

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


def _people(actor: Actor, principal: Member | None) -> list[tuple[str, str]]:
    """Everybody else for one's own absence; for another's those whom the actor keeps."""
    if principal is not None:
        return people_choices(actor, principal.pk)
    others = list_members(actor).exclude(pk=actor.member_id)
    return [(member.pk, f"{member.user.name}, {member.unit.name}") for member in others]


def _nobody(principal: Member | None) -> str:
    if principal is None:
        return _("Nobody: my steps go to the next who may decide")
    return _("Nobody: their steps go to the next who may decide")
