"""What the pages of quotes are asked with and told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from placet.companies.models import Company
from placet.companies.terms import list_offered_terms
from placet.policy.money import decimals
from placet.policy.negotiation import MOST_LINES
from placet.quotes.drafting import LARGEST_QUANTITY, LONGEST_NAME, LONGEST_NOTE, DraftLine
from placet.web.budgets.forms import AmountField, DayField, set_currency
from placet.web.terms import payment_words
from placet.web.typed_numbers import show_number

SPARE_ROWS = 3


class QuoteFilter(forms.Form):
    """The list's filters, all in the address."""

    turn = forms.ChoiceField(choices=[("mine", ""), ("theirs", ""), ("closed", "")], required=False)
    q = forms.CharField(max_length=100, required=False)


class NewQuote(forms.Form):
    """How a request begins: from a cart, a list, or typed rows."""

    name = forms.CharField(max_length=120, required=False, label=_("Name"))
    cart = forms.CharField(max_length=40, required=False)
    purchase_list = forms.CharField(max_length=40, required=False)
    rows = forms.CharField(
        required=False,
        label=_("Products"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("A SKU and a quantity a row, or in your own words what you need."),
    )


class DraftForm(forms.Form):
    """What is said above the lines; only the supplier says more than a name."""

    name = forms.CharField(max_length=120, label=_("Name"))
    valid_until = DayField(required=False, label=_("Holds until"))
    is_whole = forms.TypedChoiceField(
        label=_("To be taken"),
        choices=[("1", _("as a whole")), ("", _("line by line"))],
        coerce=bool,
        required=False,
    )
    terms = forms.ChoiceField(required=False, label=_("Payment"))
    is_final = forms.BooleanField(required=False, label=_("This is our last word"))


class LineForm(forms.Form):
    """A line of a draft; a row without product and words is none."""

    number = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    sku = forms.CharField(max_length=64, required=False, label=_("SKU"))
    name = forms.CharField(max_length=LONGEST_NAME, required=False, label=_("What is needed"))
    quantity = forms.IntegerField(
        min_value=1, max_value=LARGEST_QUANTITY, required=False, label=_("Quantity")
    )
    minimum_quantity = forms.IntegerField(
        min_value=1, max_value=LARGEST_QUANTITY, required=False, label=_("At least")
    )
    unit_price = AmountField(required=False, label=_("Unit price"))
    valid_until = DayField(required=False, label=_("Holds until"))
    note = forms.CharField(max_length=LONGEST_NOTE, required=False, label=_("Note"))


class Reason(forms.Form):
    """Why somebody wants no more of it."""

    reason = forms.CharField(max_length=1000, required=False)
    seen = forms.IntegerField(min_value=0)


LineForms = formset_factory(LineForm, extra=0, max_num=MOST_LINES, absolute_max=MOST_LINES + 50)


def line_forms(
    currency: str,
    posted: Mapping[str, Any] | None = None,
    lines: Sequence[DraftLine] = (),
    spare: int = SPARE_ROWS,
) -> BaseFormSet[LineForm]:
    """The rows of a draft as forms, with some empty ones behind them."""
    initial = [_initial(line, currency) for line in lines] + [{} for _row in range(spare)]
    forms_of_lines = LineForms(posted, initial=initial, prefix="line")
    for form in forms_of_lines.forms:
        set_currency(form, "unit_price", currency)
    return forms_of_lines


def typed_lines(rows: BaseFormSet[LineForm]) -> list[DraftLine]:
    """The lines that were typed; numbers are given to the new ones, behind all that there are."""
    typed = [form.cleaned_data for form in rows.forms if form.cleaned_data]
    typed = [one for one in typed if one.get("sku") or one.get("name")]
    highest = max((one.get("number") or 0 for one in typed), default=0)
    found = []
    for one in typed:
        number = one.get("number") or 0
        if not number:
            highest += 1
            number = highest
        found.append(
            DraftLine(
                number=number,
                sku=one.get("sku") or "",
                name=one.get("name") or "",
                quantity=one.get("quantity") or 0,
                minimum_quantity=one.get("minimum_quantity") or 0,
                unit_price_minor=one.get("unit_price"),
                valid_until=one.get("valid_until"),
                note=one.get("note") or "",
            )
        )
    return found


def offer_terms(form: DraftForm, company: Company) -> None:
    """Let the form choose among the terms that this company is offered."""
    codes = list_offered_terms(company)
    form.fields["terms"].choices = [(code, payment_words(code)) for code in codes]  # type: ignore[attr-defined]


def _initial(line: DraftLine, currency: str) -> dict[str, Any]:
    price = line.unit_price_minor
    return {
        **line._asdict(),
        "minimum_quantity": line.minimum_quantity or None,
        "unit_price": "" if price is None else _typed(price, currency),
    }


def _typed(amount_minor: int, currency: str) -> str:
    return show_number(Decimal(amount_minor).scaleb(-decimals(currency)))
