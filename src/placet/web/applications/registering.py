"""A customer that the merchant registers itself, with the person who will run it."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from placet.companies.models import Company
from placet.web.company.forms import list_zones
from placet.web.terms import TERMS

KINDS: Final = (
    (Company.Kind.BUSINESS, _("A business")),
    (Company.Kind.HOUSEHOLD, _("A household")),
)


class CustomerForm(forms.Form):
    """Everything that can be said at once; the rest is the customer's own to set."""

    name = forms.CharField(max_length=120, label=_("Name"))
    slug = forms.SlugField(
        max_length=60,
        label=_("In addresses"),
        help_text=_("Small letters and hyphens; it stays."),
    )
    kind = forms.ChoiceField(choices=KINDS, label=_("Kind"))
    tax_number = forms.CharField(max_length=40, required=False, label=_("VAT or tax number"))
    payment_terms = forms.ChoiceField(choices=TERMS, initial="net_30", label=_("Payment"))
    currency = forms.CharField(min_length=3, max_length=3, label=_("Currency"))
    language = forms.ChoiceField(choices=settings.LANGUAGES, label=_("Language"))
    time_zone = forms.ChoiceField(label=_("Time zone"))
    person = forms.CharField(
        max_length=120, label=_("Who will run it"), help_text=_("They are invited by mail.")
    )
    email = forms.EmailField(max_length=254, label=_("Their e-mail address"))

    def __init__(self, posted: Any = None, *, merchant: Company) -> None:
        first = {name: getattr(merchant, name) for name in ("currency", "language", "time_zone")}
        super().__init__(posted, initial=first)
        field = self.fields["time_zone"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list_zones(merchant.time_zone)

    def clean_currency(self) -> str:
        """In capitals, however it was typed."""
        return str(self.cleaned_data["currency"]).upper()
