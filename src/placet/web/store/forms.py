"""Price lists, prices, tax classes and the terms of the store as the merchant types them."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.catalog.actions import PriceValues
from placet.catalog.models import Price, PriceList, StoreTerms, TaxClass
from placet.web.budgets.forms import AmountField, typed_amount
from placet.web.store.fields import DayField, PercentField, read_percent, show_percent

TIERS: Final = 6
MOST_PIECES: Final = 1_000_000_000


class CurrencyField(forms.CharField):
    """Three letters, in capitals however they were typed."""

    def clean(self, value: Any) -> str:
        """The code in capitals."""
        return str(super().clean(value)).upper()


class PriceListForm(forms.Form):
    """Key, currency and being the default stay once the list is there."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    name = forms.CharField(max_length=120, label=gettext_lazy("Name"))
    key = forms.CharField(
        max_length=60,
        label=gettext_lazy("Key"),
        help_text=gettext_lazy("Small letters, digits and hyphens; files and the API name it."),
    )
    currency = CurrencyField(min_length=3, max_length=3, label=gettext_lazy("Currency"))
    is_default = forms.BooleanField(
        required=False,
        label=gettext_lazy("What everybody pays who has no other price"),
        widget=forms.CheckboxInput(attrs={"class": "check"}),
    )
    valid_from = DayField(label=gettext_lazy("First day"))
    valid_until = DayField(label=gettext_lazy("Last day"))

    def __init__(self, posted: Any = None, *, price_list: PriceList | None = None) -> None:
        super().__init__(posted, initial=_initial_list(price_list))
        if price_list is not None:
            for name in ("key", "currency", "is_default"):
                del self.fields[name]
            if price_list.is_default:
                del self.fields["valid_from"], self.fields["valid_until"]


class PricesForm(forms.Form):
    """One product's prices on a list: from how many pieces on it costs how much."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    sku = forms.CharField(max_length=64, label=gettext_lazy("SKU"))

    def __init__(self, posted: Any = None, *, price_list: PriceList, sku: str = "") -> None:
        initial: dict[str, Any] = {"version": price_list.version, "sku": sku}
        sku = str(posted.get("sku", ""))[:64] if posted is not None else sku
        prices = Price.objects.filter(price_list=price_list, product__sku=sku.strip())
        tiers = list(prices.order_by("from_quantity")) if sku else []
        # A product with more tiers shows all of them: what is not sent leaves the list.
        self._count = max(TIERS, len(tiers))
        for row, tier in enumerate(tiers):
            initial[f"from_{row}"] = tier.from_quantity
            initial[f"price_{row}"] = typed_amount(tier.unit_price_minor, price_list.currency)
        initial.setdefault("from_0", 1)
        super().__init__(posted, initial=initial)
        for row in range(self._count):
            self.fields[f"from_{row}"] = forms.IntegerField(
                required=False, min_value=1, max_value=MOST_PIECES, label=_("From pieces")
            )
            self.fields[f"price_{row}"] = AmountField(
                required=False, currency=price_list.currency, label=_("Price")
            )

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Quantity and price beside each other."""
        return [(self[f"from_{row}"], self[f"price_{row}"]) for row in range(self._count)]

    @property
    def prices(self) -> list[PriceValues]:
        """The rows that say a price; a product without any leaves the list."""
        said = self.cleaned_data
        return [
            PriceValues(said["sku"], said[f"price_{row}"], said[f"from_{row}"] or 1)
            for row in range(self._count)
            if said[f"price_{row}"] is not None
        ]


class TaxClassForm(forms.Form):
    """A name, the rate for everywhere else, and countries with another one."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    name = forms.CharField(max_length=120, label=gettext_lazy("Name"))
    key = forms.CharField(
        max_length=40,
        label=gettext_lazy("Key"),
        help_text=gettext_lazy("Small letters, digits and hyphens; files and the API name it."),
    )
    elsewhere = PercentField(label=gettext_lazy("Everywhere else, percent"))
    countries = forms.CharField(
        required=False,
        max_length=5_000,
        label=gettext_lazy("Countries with another rate"),
        help_text=gettext_lazy("One a line: two letters and the percentage, such as “DE 19”."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, posted: Any = None, *, tax_class: TaxClass | None = None) -> None:
        super().__init__(posted, initial=_initial_class(tax_class))
        if tax_class is not None:
            del self.fields["key"]

    def clean_countries(self) -> dict[str, int]:
        """The rates by country."""
        found: dict[str, int] = {}
        for line in self.cleaned_data["countries"].splitlines():
            country, _blank, rate = line.strip().partition(" ")
            if not country:
                continue
            if not rate or country.upper() in found:
                raise forms.ValidationError(_("Write one country a line, such as “DE 19”."))
            found[country.upper()] = read_percent(rate.strip().removesuffix("%").strip())
        return found

    @property
    def rates(self) -> dict[str, int]:
        """All rates in basis points."""
        return {"": self.cleaned_data["elsewhere"], **self.cleaned_data["countries"]}


class TermsForm(forms.Form):
    """What is asked of every order in a currency; the amounts are of goods without tax."""

    currency = CurrencyField(min_length=3, max_length=3, label=gettext_lazy("Currency"))
    minimum_order_minor = AmountField(required=False, label=gettext_lazy("Smallest order"))
    shipping_fee_minor = AmountField(required=False, label=gettext_lazy("Shipping to each address"))
    free_shipping_from_minor = AmountField(
        required=False,
        label=gettext_lazy("Free shipping from"),
        help_text=gettext_lazy("Empty: shipping is never free."),
    )
    shipping_tax_basis_points = PercentField(
        required=False, label=gettext_lazy("Tax on shipping, percent")
    )
    price_hold_days = forms.IntegerField(
        min_value=0,
        max_value=365,
        label=gettext_lazy("Days that prices are held"),
        help_text=gettext_lazy("From the day on which a purchase was submitted."),
    )
    price_tolerance_basis_points = PercentField(
        required=False,
        label=gettext_lazy("Rise that is not charged, percent"),
        help_text=gettext_lazy("After the hold a smaller rise asks nobody anew."),
    )

    def __init__(self, posted: Any = None, *, terms: StoreTerms | None, currency: str) -> None:
        super().__init__(posted, initial=_initial_terms(terms, currency))
        wanted = posted.get("currency", currency).upper()[:3] if posted else currency
        for field in self.fields.values():
            if isinstance(field, AmountField):
                field.currency = wanted

    @property
    def terms(self) -> dict[str, Any]:
        """What the action takes; an empty amount is none."""
        said = dict(self.cleaned_data)
        free = said.pop("free_shipping_from_minor")
        said.pop("currency")
        return {name: value or 0 for name, value in said.items()} | {
            "free_shipping_from_minor": free
        }


def _initial_list(price_list: PriceList | None) -> dict[str, Any]:
    if price_list is None:
        return {}
    names = ("version", "name", "valid_from", "valid_until")
    return {name: getattr(price_list, name) for name in names}


def _initial_class(tax_class: TaxClass | None) -> dict[str, Any]:
    if tax_class is None:
        return {}
    rates = {rate.country: rate.basis_points for rate in tax_class.rates.all()}
    return {
        "version": tax_class.version,
        "name": tax_class.name,
        "elsewhere": show_percent(rates.pop("", 0)),
        "countries": "\n".join(f"{name} {show_percent(rates[name])}" for name in sorted(rates)),
    }


def _initial_terms(terms: StoreTerms | None, currency: str) -> dict[str, Any]:
    if terms is None:
        return {"currency": currency, "price_hold_days": 14}
    free = terms.free_shipping_from_minor
    return {
        "currency": terms.currency,
        "minimum_order_minor": typed_amount(terms.minimum_order_minor, currency),
        "shipping_fee_minor": typed_amount(terms.shipping_fee_minor, currency),
        "free_shipping_from_minor": "" if free is None else typed_amount(free, currency),
        "shipping_tax_basis_points": show_percent(terms.shipping_tax_basis_points),
        "price_hold_days": terms.price_hold_days,
        "price_tolerance_basis_points": show_percent(terms.price_tolerance_basis_points),
    }
