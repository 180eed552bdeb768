"""Budgets as people type them: amounts in their own writing, owners by name, whole days."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from placet.budgets.models import Budget
from placet.companies.models import Company
from placet.core.actor import Actor
from placet.policy.money import LARGEST_AMOUNT_MINOR, decimals
from placet.policy.periods import start_of_day
from placet.web.budgets.choices import list_owner_choices, list_people, list_target_choices
from placet.web.typed_numbers import NotANumber, TooManyDecimals, read_amount, show_number

PERIODS: Final = (
    ("month", gettext_lazy("Every month")),
    ("quarter", gettext_lazy("Every quarter")),
    ("year", gettext_lazy("Every year")),
    ("week", gettext_lazy("Every week")),
    ("once", gettext_lazy("Once, between two days")),
)
MODES: Final = (
    ("approve", gettext_lazy("Ask whoever answers for it")),
    ("warn", gettext_lazy("Warn the buyer and go on")),
    ("block", gettext_lazy("Nobody can order beyond it")),
)
BASES: Final = (
    ("net", gettext_lazy("Goods without tax")),
    ("with_shipping", gettext_lazy("Goods and delivery without tax")),
    ("gross", gettext_lazy("Everything, with tax")),
)
ROLLOVERS: Final = (
    ("none", gettext_lazy("Lapses")),
    ("left", gettext_lazy("Is added to the next period")),
    ("all", gettext_lazy("Is added, and what was overdrawn is taken off")),
)


class AmountField(forms.CharField):
    """An amount in the company's currency; its value is in minor units."""

    def __init__(self, *, smallest: int = 0, currency: str = "EUR", **options: Any) -> None:
        options.setdefault("max_length", 40)
        super().__init__(**options)
        self.smallest, self.currency = smallest, currency
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off", "class": "num"}

    def clean(self, value: Any) -> Any:
        """Minor units; an error says what does not fit."""
        typed = super().clean(value)
        if not typed:
            return None
        try:
            amount = read_amount(typed, self.currency)
        except TooManyDecimals as error:
            raise forms.ValidationError(
                ngettext("At most %(n)d decimal.", "At most %(n)d decimals.", error.places)
                % {"n": error.places}
            ) from error
        except NotANumber as error:
            raise forms.ValidationError(_("Type an amount, such as 1200.50.")) from error
        if amount < self.smallest or amount > LARGEST_AMOUNT_MINOR:
            raise forms.ValidationError(_("The amount is out of range."))
        return amount


class DayField(forms.DateField):
    """A day of this century or the next: calendars of others are not computed with."""

    def __init__(self, **options: Any) -> None:
        options["widget"] = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(**options)

    def clean(self, value: Any) -> Any:
        """The day, if it can be meant."""
        day = super().clean(value)
        if day is not None and not 2000 <= day.year < 2200:
            raise forms.ValidationError(_("Choose a day between 2000 and 2199."))
        return day


class BudgetForm(forms.Form):
    """What may be said of a budget at any time; ``NewBudget`` adds what is fixed for good."""

    name = forms.CharField(max_length=120, label=gettext_lazy("Name"))
    responsible = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Who answers for it"),
        help_text=gettext_lazy("Is asked when it is overdrawn, and told when it runs low."),
    )
    mode = forms.ChoiceField(choices=MODES, label=gettext_lazy("When it is used up"))
    basis = forms.ChoiceField(choices=BASES, label=gettext_lazy("What counts"))
    rollover = forms.ChoiceField(
        choices=ROLLOVERS, label=gettext_lazy("What is left at the end of a period")
    )
    alerts = forms.CharField(
        required=False,
        max_length=60,
        label=gettext_lazy("Tell at"),
        help_text=gettext_lazy("Percent of the amount, such as 80, 100. Once a period each."),
    )

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.actor = actor
        _choices(self, "responsible", [("", _("Nobody")), *list_people(actor)])

    def clean_alerts(self) -> list[int]:
        """Whole percents, with or without their sign."""
        typed = str(self.cleaned_data["alerts"]).replace("%", " ").replace(",", " ")
        words = typed.replace(";", " ").split()
        if not all(word.isascii() and word.isdecimal() and len(word) < 4 for word in words):
            raise forms.ValidationError(_("Whole percents, with commas between them."))
        return [int(word) for word in words]

    @property
    def changes(self) -> dict[str, Any]:
        """What ``change_budget`` and ``create_budget`` both take."""
        found = self.cleaned_data
        return {
            "name": found["name"],
            "responsible_id": found["responsible"] or None,
            "mode": found["mode"],
            "basis": found["basis"],
            "rollover": found["rollover"],
            "alert_percents": found["alerts"],
        }


class NewBudget(BudgetForm):
    """A new one: whose it is, how much, how often."""

    owner = forms.ChoiceField(label=gettext_lazy("Whose budget"))
    amount = AmountField(label=gettext_lazy("Amount"))
    period = forms.ChoiceField(choices=PERIODS, label=gettext_lazy("How often"))
    starts_on = DayField(required=False, label=gettext_lazy("First day"))
    ends_on = DayField(required=False, label=gettext_lazy("Last day"))

    def __init__(self, *args: Any, actor: Actor, company: Company, **options: Any) -> None:
        super().__init__(*args, actor=actor, **options)
        self.zone = ZoneInfo(company.time_zone)
        set_currency(self, "amount", company.currency)
        _choices(self, "owner", [("", _("Choose …")), *list_owner_choices(actor)])

    def clean(self) -> dict[str, Any]:
        """A budget of once needs both days."""
        found = super().clean() or {}
        if found.get("period") == Budget.Period.ONCE:
            for day in ("starts_on", "ends_on"):
                if not found.get(day) and day not in self.errors:
                    self.add_error(day, _("Say the day."))
        return found

    @property
    def stretch(self) -> dict[str, Any]:
        """The instants of a budget of once; a recurring one follows the calendar."""
        found = self.cleaned_data
        if found["period"] != Budget.Period.ONCE:
            return {"starts_at": None, "ends_at": None}
        return {
            "starts_at": start_of_day(found["starts_on"], self.zone),
            "ends_at": end_of_day(found["ends_on"], self.zone),
        }


class EditBudget(BudgetForm):
    """An existing one; the amount is that of the periods to come."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    next_amount = AmountField(
        label=gettext_lazy("Amount of each period to come"),
        help_text=gettext_lazy("The running period is raised or lowered on its own page."),
    )
    ends_on = DayField(label=gettext_lazy("Last day"))

    def __init__(self, *args: Any, actor: Actor, budget: Budget, **options: Any) -> None:
        super().__init__(*args, actor=actor, **options)
        self.zone = ZoneInfo(budget.company.time_zone)
        set_currency(self, "next_amount", budget.currency)
        if budget.period == Budget.Period.ONCE:
            del self.fields["next_amount"], self.fields["rollover"]
        else:
            del self.fields["ends_on"]

    @property
    def changes(self) -> dict[str, Any]:
        """Only what the form asked."""
        found = self.cleaned_data
        changes: dict[str, Any] = {
            "name": found["name"],
            "responsible_id": found["responsible"] or None,
            "mode": found["mode"],
            "basis": found["basis"],
            "alert_percents": found["alerts"],
        }
        if "next_amount" in found:
            changes |= {"base_minor": found["next_amount"], "rollover": found["rollover"]}
        else:
            changes["ends_at"] = end_of_day(found["ends_on"], self.zone)
        return changes


class AdjustForm(forms.Form):
    """Raise or lower this period's amount."""

    direction = forms.ChoiceField(
        choices=(("raise", gettext_lazy("Raise by")), ("lower", gettext_lazy("Lower by"))),
        label=gettext_lazy("Change"),
    )
    amount = AmountField(smallest=1, label=gettext_lazy("Amount"))
    reason = forms.CharField(max_length=400, label=gettext_lazy("Why"))

    def __init__(self, *args: Any, currency: str, **options: Any) -> None:
        super().__init__(*args, **options)
        set_currency(self, "amount", currency)

    @property
    def change_minor(self) -> int:
        """The change with its sign."""
        amount = int(self.cleaned_data["amount"])
        return amount if self.cleaned_data["direction"] == "raise" else -amount


class TransferForm(forms.Form):
    """Move a part of what is left."""

    target = forms.ChoiceField(label=gettext_lazy("To"))
    amount = AmountField(smallest=1, label=gettext_lazy("Amount"))
    reason = forms.CharField(max_length=400, label=gettext_lazy("Why"))

    def __init__(
        self, *args: Any, actor: Actor, budget: Budget, now: datetime, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        set_currency(self, "amount", budget.currency)
        _choices(self, "target", list_target_choices(actor, budget, now=now))


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The instant after the last one of a day."""
    return start_of_day(day + timedelta(days=1), zone)


def initial_of(budget: Budget) -> dict[str, Any]:
    """What the form of an existing budget begins with."""
    zone = ZoneInfo(budget.company.time_zone)
    last = budget.ends_at.astimezone(zone).date()
    return {
        "name": budget.name,
        "responsible": budget.responsible_id or "",
        "mode": budget.mode,
        "basis": budget.basis,
        "rollover": budget.rollover,
        "alerts": ", ".join(str(percent) for percent in budget.alert_percents),
        "version": budget.version,
        "next_amount": typed_amount(budget.base_minor, budget.currency),
        "ends_on": last - timedelta(days=1),
    }


def typed_amount(amount_minor: int, currency: str) -> str:
    """An amount as a field shows it."""
    return show_number(Decimal(amount_minor).scaleb(-decimals(currency)))


def _choices(form: forms.Form, name: str, choices: list[Any]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def set_currency(form: forms.Form, name: str, currency: str) -> None:
    """Let a field read amounts of this currency, and say so in its label."""
    field = form.fields[name]
    assert isinstance(field, AmountField)
    field.currency = currency
    field.label = _("%(label)s, %(currency)s") % {"label": field.label, "currency": currency}
