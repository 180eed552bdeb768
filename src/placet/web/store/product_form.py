"""A product as the merchant writes it, all of it on one form."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.catalog.actions.costs import CostValues
from placet.catalog.models import Product, TaxClass
from placet.catalog.product_values import ProductValues, values_of
from placet.catalog.queries import list_categories
from placet.companies.queries import get_merchant
from placet.policy.money import decimals, is_currency
from placet.web.budgets.forms import AmountField, set_currency
from placet.web.store.fields import PercentField, show_percent
from placet.web.typed_numbers import show_number

INDENT = "\N{NO-BREAK SPACE}" * 3
GROUPS = (
    (gettext_lazy("What it is"), ("sku", "name", "category", "pack", "brand", "supplier")),
    (gettext_lazy("Variants"), ("family", "variant")),
    (gettext_lazy("What is found and compared"), ("description", "tags", "attributes")),
    (
        gettext_lazy("How it is sold"),
        ("price_quantity", "minimum_quantity", "step_quantity", "tax_class", "tax"),
    ),
    (gettext_lazy("What it costs you"), ("cost", "cost_currency")),
    (gettext_lazy("Stock"), ("stock", "lead_time_days", "sells_beyond_stock")),
    (gettext_lazy("Limits"), ("is_restricted", "is_discontinued", "substitute")),
)


class ProductForm(forms.Form):
    """``version`` is that of the product that was read; the SKU stays once it is given."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    sku = forms.CharField(max_length=64, label=gettext_lazy("SKU"))
    name = forms.CharField(max_length=200, label=gettext_lazy("Name"))
    category = forms.ChoiceField(label=gettext_lazy("Category"))
    pack = forms.CharField(max_length=60, label=gettext_lazy("Pack"))
    description = forms.CharField(
        max_length=10_000,
        required=False,
        label=gettext_lazy("Description"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    brand = forms.CharField(max_length=80, required=False, label=gettext_lazy("Brand"))
    supplier = forms.CharField(max_length=80, required=False, label=gettext_lazy("Supplier"))
    family = forms.CharField(
        max_length=120,
        required=False,
        label=gettext_lazy("Family"),
        help_text=gettext_lazy("Products of one family are variants of each other."),
    )
    variant = forms.CharField(max_length=120, required=False, label=gettext_lazy("Variant"))
    price_quantity = forms.IntegerField(
        min_value=1,
        max_value=1_000_000,
        label=gettext_lazy("Pieces that a price is for"),
    )
    minimum_quantity = forms.IntegerField(
        min_value=1, max_value=1_000_000, label=gettext_lazy("Smallest quantity")
    )
    step_quantity = forms.IntegerField(
        min_value=1, max_value=1_000_000, label=gettext_lazy("In steps of")
    )
    tax_class = forms.ChoiceField(required=False, label=gettext_lazy("Tax class"))
    tax = PercentField(
        required=False,
        label=gettext_lazy("Tax, percent"),
        help_text=gettext_lazy("Counts only without a tax class."),
    )
    cost = AmountField(
        required=False,
        label=gettext_lazy("Cost"),
        help_text=gettext_lazy(
            "For as many pieces as a price is for. Margins are made of it; no customer sees it."
        ),
    )
    cost_currency = forms.CharField(
        required=False, max_length=3, label=gettext_lazy("Currency of the cost")
    )
    stock = forms.IntegerField(
        min_value=-1_000_000, max_value=1_000_000_000, label=gettext_lazy("In stock")
    )
    lead_time_days = forms.IntegerField(
        min_value=0, max_value=3_650, label=gettext_lazy("Days to deliver")
    )
    sells_beyond_stock = forms.BooleanField(
        required=False,
        label=gettext_lazy("Sold beyond the stock too"),
        widget=forms.CheckboxInput(attrs={"class": "check"}),
    )
    is_restricted = forms.BooleanField(
        required=False,
        label=gettext_lazy("Restricted: rules can ask for an approval"),
        widget=forms.CheckboxInput(attrs={"class": "check"}),
    )
    is_discontinued = forms.BooleanField(
        required=False,
        label=gettext_lazy("Discontinued: nobody can order it"),
        widget=forms.CheckboxInput(attrs={"class": "check"}),
    )
    substitute = forms.CharField(
        max_length=64,
        required=False,
        label=gettext_lazy("Substitute"),
        help_text=gettext_lazy("The SKU that takes its place."),
    )
    tags = forms.CharField(
        max_length=2_000,
        required=False,
        label=gettext_lazy("Tags"),
        help_text=gettext_lazy("Separated by commas."),
    )
    attributes = forms.CharField(
        max_length=10_000,
        required=False,
        label=gettext_lazy("Attributes"),
        help_text=gettext_lazy("One a line, such as “Size: M”."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, posted: Any = None, *, product: Product | None = None) -> None:
        super().__init__(posted, initial=_initial(product))
        self.product = product
        if product is not None:
            del self.fields["sku"]
        typed = str((posted or self.initial).get("cost_currency", "")).strip().upper()
        set_currency(self, "cost", typed if is_currency(typed) else get_merchant().currency)
        tree = list_categories()
        self._choose(
            "category",
            [(one.path, INDENT * (one.path.count("/") - 1) + one.name) for one in tree],
        )
        classes = TaxClass.objects.order_by("name").values_list("key", "name")
        self._choose("tax_class", [("", _("Its own rate")), *classes])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @property
    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields under their headings."""
        return [
            (heading, [self[name] for name in names if name in self.fields])
            for heading, names in GROUPS
        ]

    def clean_cost_currency(self) -> str:
        """Three letters; the store's own where nothing is typed."""
        typed = str(self.cleaned_data["cost_currency"] or get_merchant().currency).strip().upper()
        if not is_currency(typed):
            raise forms.ValidationError(_("A currency is three letters, such as EUR."))
        return typed

    def clean_attributes(self) -> dict[str, str]:
        """Name and value of each line."""
        found: dict[str, str] = {}
        for line in self.cleaned_data["attributes"].splitlines():
            name, sign, value = (part.strip() for part in line.partition(":"))
            if not line.strip():
                continue
            if not sign or not name or not value or name in found:
                raise forms.ValidationError(_("Write one attribute a line, such as “Size: M”."))
            found[name] = value
        return found

    @property
    def values(self) -> ProductValues:
        """The product as it was said."""
        said = dict(self.cleaned_data)
        for name in ("version", "cost", "cost_currency"):
            said.pop(name)
        tax, tags = said.pop("tax"), said.pop("tags")
        return ProductValues(
            **{
                "sku": self.product.sku if self.product else "",
                "pictogram": self.product.pictogram if self.product else "",
                **said,
                "tax_basis_points": tax or 0,
                "tags": tuple(one.strip() for one in tags.split(",") if one.strip()),
            }
        )


def cost_said(form: ProductForm, product: Product) -> CostValues | None:
    """What the form says a product costs the merchant; nothing where that is so already."""
    minor, currency = form.cleaned_data["cost"], form.cleaned_data["cost_currency"]
    before = product.cost_minor, product.cost_currency
    if before == (minor, currency if minor is not None else ""):
        return None
    return CostValues(product.sku, minor, currency)


def _initial(product: Product | None) -> dict[str, Any]:
    if product is None:
        whole = ("price_quantity", "minimum_quantity", "step_quantity")
        usual = {"pack": _("piece"), "stock": 0, "lead_time_days": 2, "sells_beyond_stock": True}
        return dict.fromkeys(whole, 1) | usual | {"cost_currency": get_merchant().currency}
    said = values_of(product)._asdict()
    currency = product.cost_currency or get_merchant().currency
    minor = product.cost_minor
    cost = "" if minor is None else show_number(Decimal(minor).scaleb(-decimals(currency)))
    return {
        **said,
        "cost": cost,
        "cost_currency": currency,
        "version": product.version,
        "tax": show_percent(product.tax_basis_points),
        "tags": ", ".join(product.tags),
        "attributes": "\n".join(f"{name}: {value}" for name, value in product.attributes.items()),
    }
