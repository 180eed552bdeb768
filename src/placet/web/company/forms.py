"""A company's own settings as people set them; a household is asked less."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final
from zoneinfo import available_timezones

from babel.dates import get_month_names
from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.companies.models import Company
from placet.web.budgets.forms import AmountField, set_currency, typed_amount
from placet.web.formats import reader_locale

MAIL_DECISIONS: Final = (
    (Company.MailDecisions.SIGN_IN, gettext_lazy("The mail’s link asks for a sign-in")),
    (Company.MailDecisions.UP_TO, gettext_lazy("Up to an amount the link is enough")),
    (Company.MailDecisions.OFF, gettext_lazy("Mails carry no link for deciding")),
)
SECOND_FACTOR: Final = (
    (Company.SecondFactor.OPTIONAL, gettext_lazy("Whoever wants one")),
    (Company.SecondFactor.DECIDERS, gettext_lazy("Whoever approves or manages anything")),
    (Company.SecondFactor.EVERYBODY, gettext_lazy("Everybody")),
)
FOR_EVERYBODY: Final = ("name", "language", "time_zone", "second_factor")
OF_BUYERS: Final = ("mail_decisions", "mail_decisions_up_to_minor", "allows_on_behalf")
OF_BUSINESSES: Final = ("tax_number", "fiscal_year_month", "po_pattern", "po_hint")
SHOWN: Final = {
    Company.Kind.HOUSEHOLD: FOR_EVERYBODY + OF_BUYERS,
    Company.Kind.BUSINESS: FOR_EVERYBODY + OF_BUYERS + OF_BUSINESSES,
    Company.Kind.MERCHANT: (*FOR_EVERYBODY, "tax_number", "fiscal_year_month"),
}
"""What a company of each kind sets by itself; terms and currency are agreed with the merchant."""


class CompanyForm(forms.Form):
    """The settings; ``version`` is that of the company as it was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    name = forms.CharField(max_length=120, label=gettext_lazy("Name"))
    tax_number = forms.CharField(
        max_length=40, required=False, label=gettext_lazy("VAT or tax number")
    )
    language = forms.ChoiceField(
        choices=settings.LANGUAGES,
        label=gettext_lazy("Language"),
        help_text=gettext_lazy("For new members; each can choose another."),
    )
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        help_text=gettext_lazy("Days, weeks and budget periods begin and end here."),
    )
    fiscal_year_month = forms.TypedChoiceField(
        coerce=int, label=gettext_lazy("The fiscal year begins in")
    )
    po_pattern = forms.CharField(
        max_length=100,
        required=False,
        label=gettext_lazy("Form of a PO reference"),
        help_text=gettext_lazy("For example PR-\\d{5}. Empty: any text."),
    )
    po_hint = forms.CharField(
        max_length=100,
        required=False,
        label=gettext_lazy("Example beside the field"),
        help_text=gettext_lazy("What a buyer reads there, such as PR-88121."),
    )
    mail_decisions = forms.ChoiceField(
        choices=MAIL_DECISIONS, label=gettext_lazy("Deciding from a mail")
    )
    mail_decisions_up_to_minor = AmountField(required=False, label=gettext_lazy("Up to"))
    second_factor = forms.ChoiceField(
        choices=SECOND_FACTOR,
        label=gettext_lazy("Second factor"),
        help_text=gettext_lazy("Who has to confirm each sign-in by an app or a passkey."),
    )

    allows_on_behalf = forms.BooleanField(
        required=False,
        label=gettext_lazy("The supplier’s people may order for your members"),
        widget=forms.CheckboxInput(attrs={"class": "check"}),
    )

    def __init__(self, posted: Any = None, *, company: Company) -> None:
        super().__init__(posted, initial=_initial(company))
        shown = SHOWN[Company.Kind(company.kind)]
        for name in [name for name in self.fields if name not in ("version", *shown)]:
            del self.fields[name]
        _offer(self, "time_zone", list_zones(company.time_zone))
        if "fiscal_year_month" in self.fields:
            _offer(self, "fiscal_year_month", list_months())
        if "mail_decisions_up_to_minor" in self.fields:
            set_currency(self, "mail_decisions_up_to_minor", company.currency)

    def clean(self) -> dict[str, Any]:
        """An amount belongs to the choice that names one."""
        found = super().clean() or {}
        amount = found.get("mail_decisions_up_to_minor")
        if found.get("mail_decisions") == Company.MailDecisions.UP_TO and not amount:
            if "mail_decisions_up_to_minor" not in self.errors:
                self.add_error("mail_decisions_up_to_minor", _("Say up to which amount."))
        elif "mail_decisions_up_to_minor" in found and amount is None:
            found["mail_decisions_up_to_minor"] = 0
        return found

    @property
    def changes(self) -> dict[str, Any]:
        """What ``change_company`` is told."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


@lru_cache(maxsize=1)
def _zones() -> tuple[str, ...]:
    return tuple(sorted(zone for zone in available_timezones() if "/" in zone or zone == "UTC"))


def list_zones(current: str) -> list[tuple[str, str]]:
    """Time zones by name; that of the company is among them whatever it is called."""
    names = _zones() if current in _zones() or not current else (current, *_zones())
    return [(name, name.replace("_", " ")) for name in names if not name.startswith("Etc/")]


def list_months() -> list[tuple[str, str]]:
    """The twelve months in the reader's language."""
    names = get_month_names("wide", context="stand-alone", locale=reader_locale())
    return [(str(number), names[number]) for number in range(1, 13)]


def _offer(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def _initial(company: Company) -> dict[str, Any]:
    names = (*FOR_EVERYBODY, *OF_BUYERS, *OF_BUSINESSES, "version")
    found = {name: getattr(company, name) for name in names}
    amount = company.mail_decisions_up_to_minor
    shown = typed_amount(amount, company.currency) if amount else ""
    return {**found, "mail_decisions_up_to_minor": shown}
