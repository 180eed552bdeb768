"""When a list is bought again: the form; the action validates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.carts.models import Schedule
from placet.carts.schedules.values import ScheduleValues
from placet.companies.models import Address
from placet.companies.queries import list_addresses, list_cost_centers, list_purchase_fields
from placet.core.actor import Actor
from placet.policy.money import decimals
from placet.web.typed_numbers import NotANumber, TooManyDecimals, read_amount, show_number

REFERENCE: Final = "reference-"
ISO: Final = ["%Y-%m-%d"]


def day_input() -> forms.DateInput:
    """A field for a day, as browsers know it."""
    return forms.DateInput(attrs={"type": "date"}, format=ISO[0])


class ScheduleForm(forms.Form):
    """A rhythm; for a standing requisition also what each occurrence says, and its envelope."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What happens"),
        choices=[
            ("reminder", gettext_lazy("I am reminded, and order with one click")),
            ("standing", gettext_lazy("It is submitted by itself, in my name")),
        ],
    )
    every_count = forms.IntegerField(label=gettext_lazy("Every"), initial=1)
    every = forms.ChoiceField(
        label=gettext_lazy("Unit of time"),
        choices=[
            ("day", gettext_lazy("days")),
            ("week", gettext_lazy("weeks")),
            ("month", gettext_lazy("months")),
        ],
        initial="week",
    )
    starts_on = forms.DateField(
        label=gettext_lazy("First on"), input_formats=ISO, widget=day_input()
    )
    ends_on = forms.DateField(
        label=gettext_lazy("Last on, at the latest"),
        required=False,
        input_formats=ISO,
        widget=day_input(),
    )
    ship_to = forms.ChoiceField(label=gettext_lazy("Ship to"), required=False)
    bill_to = forms.ChoiceField(label=gettext_lazy("Bill to"), required=False)
    cost_center = forms.ChoiceField(label=gettext_lazy("Cost centre"), required=False)
    po_number = forms.CharField(label=gettext_lazy("PO number"), required=False)
    justification = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("For rules that ask why it is needed."),
    )
    rise = forms.DecimalField(
        label=gettext_lazy("Pause when a price rises by more than, in percent"),
        initial=5,
        max_digits=8,
        required=False,
        localize=True,
    )
    envelope_total = forms.CharField(
        label=gettext_lazy("Most that one occurrence may cost"),
        required=False,
        help_text=gettext_lazy(
            "With shipping and tax. Whoever approves one occurrence then approves later ones that "
            "stay below it, as long as nothing else changes."
        ),
    )
    envelope_until_on = forms.DateField(
        label=gettext_lazy("Approvals count until"),
        required=False,
        input_formats=ISO,
        widget=day_input(),
        help_text=gettext_lazy("Within twelve months."),
    )

    def __init__(self, posted: Any = None, *, actor: Actor, schedule: Schedule | None) -> None:
        super().__init__(posted, initial=initial_of(schedule, actor) if schedule else None)
        self.actor, self.is_new = actor, schedule is None
        for name, choices in (
            ("ship_to", list_addresses(actor, Address.Kind.SHIP_TO)),
            ("bill_to", list_addresses(actor, Address.Kind.BILL_TO)),
        ):
            self._choose(name, [(one.pk, f"{one.name}, {one.city}") for one in choices])
        centers = [(one.pk, f"{one.code} {one.name}") for one in list_cost_centers(actor)]
        self._choose("cost_center", centers)
        if not centers:
            del self.fields["cost_center"]
        if schedule is not None:
            self.fields["kind"].disabled = True
        stated = schedule.references if schedule else {}
        for field in list_purchase_fields(actor.company_id):
            self.fields[REFERENCE + field.key] = forms.CharField(
                label=field.name, required=False, initial=stated.get(field.key, "")
            )

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Not said")), *choices]
        if len(choices) == 1:
            field.initial = choices[0][0]

    @property
    def references(self) -> list[forms.BoundField]:
        """The company's own fields."""
        return [self[name] for name in self.fields if name.startswith(REFERENCE)]

    def clean_envelope_total(self) -> int | None:
        """The amount in minor units; nothing where no envelope is asked for."""
        typed = self.cleaned_data["envelope_total"].strip()
        if not typed:
            return None
        try:
            return read_amount(typed, self.actor.currency)
        except (NotANumber, TooManyDecimals):
            raise forms.ValidationError(_("Write an amount such as 1,200.00.")) from None

    def values(self) -> ScheduleValues:
        """What the action takes."""
        said = self.cleaned_data
        return ScheduleValues(
            kind=said["kind"],
            every=said["every"],
            every_count=said["every_count"],
            starts_on=said["starts_on"],
            ends_on=said["ends_on"],
            ship_to_id=said["ship_to"],
            bill_to_id=said["bill_to"],
            cost_center_id=said.get("cost_center", ""),
            po_number=said["po_number"],
            references={
                name.removeprefix(REFERENCE): value
                for name, value in said.items()
                if name.startswith(REFERENCE)
            },
            justification=said["justification"],
            rise_basis_points=int((said["rise"] or 0) * 100),
            envelope_total_minor=said["envelope_total"],
            envelope_until_on=said["envelope_until_on"],
        )


def initial_of(schedule: Schedule, actor: Actor) -> dict[str, Any]:
    """What a schedule says now, as the form shows it."""
    total = schedule.envelope_total_minor
    places = decimals(actor.currency)
    return {
        "kind": schedule.kind,
        "every": schedule.every,
        "every_count": schedule.every_count,
        "starts_on": _iso(schedule.starts_on),
        "ends_on": _iso(schedule.ends_on),
        "ship_to": schedule.ship_to_id or "",
        "bill_to": schedule.bill_to_id or "",
        "cost_center": schedule.cost_center_id or "",
        "po_number": schedule.po_number,
        "justification": schedule.justification,
        "rise": schedule.envelope_price_basis_points / 100,
        "envelope_total": show_number(_scaled(total, places)) if total is not None else "",
        "envelope_until_on": _iso(schedule.envelope_until_on),
    }


def _scaled(minor: int, places: int) -> Decimal:
    return Decimal(minor).scaleb(-places)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
