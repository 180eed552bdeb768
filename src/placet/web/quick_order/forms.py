"""What a quick order is sent with: rows, a cart, and which column is which."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.carts.permissions import can_edit_cart
from placet.carts.queries import list_carts
from placet.core.actor import Actor
from placet.imports.quick_order.adding import Target
from placet.imports.quick_order.reading import COLUMNS, LONGEST_TEXT
from placet.imports.reading import LARGEST_FILE

MOST_CARTS: Final = 100


class StartForm(forms.Form):
    """Pasted rows or a file, and the cart that they go into."""

    cart = forms.ChoiceField(required=False, label=gettext_lazy("Into which cart"))
    name = forms.CharField(
        required=False, max_length=110, label=gettext_lazy("Name of the new cart")
    )
    text = forms.CharField(
        label=gettext_lazy("Paste rows"),
        help_text=gettext_lazy("“SKU quantity” or “quantity x SKU”, straight from a spreadsheet."),
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "class": "mono"}),
        max_length=LONGEST_TEXT,
        required=False,
        strip=False,
    )
    file = forms.FileField(
        label=gettext_lazy("Or send a file"),
        help_text=gettext_lazy("CSV or XLSX, up to 5,000 rows and 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
        allow_empty_file=True,
        required=False,
    )

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["cart"]
        assert isinstance(field, forms.ChoiceField)
        carts = list_carts(actor).prefetch_related("grants")[:MOST_CARTS]
        open_ones = [(cart.pk, cart.name) for cart in carts if can_edit_cart(actor, cart) is None]
        field.choices = [("", _("A new cart")), *open_ones]

    def clean_file(self) -> Any:
        """The upload, unless it is larger than what is read at all."""
        file = self.cleaned_data["file"]
        if file is not None and file.size > LARGEST_FILE:
            raise forms.ValidationError(_("A file has at most 10 MB."), code="too_large")
        return file

    def clean(self) -> dict[str, Any]:
        """One of both is there."""
        found = super().clean() or {}
        if not self.errors and found["file"] is None and not found["text"].strip():
            self.add_error("text", _("Paste rows, or choose a file."))
        return found


class OrderForm(forms.Form):
    """The cart and the columns, as they stand in the address and in the form of the report."""

    cart = forms.CharField(max_length=40, required=False)
    name = forms.CharField(max_length=110, required=False)
    sku = forms.IntegerField(min_value=0, max_value=59, required=False)
    quantity = forms.IntegerField(min_value=0, max_value=59, required=False)
    note = forms.IntegerField(min_value=0, max_value=59, required=False)
    substitutes = forms.BooleanField(required=False)
    added = forms.CharField(max_length=40, required=False)

    @property
    def target(self) -> Target:
        """The cart that the rows go into."""
        return Target(self.cleaned_data.get("cart", ""), self.cleaned_data.get("name", ""))

    @property
    def seen(self) -> str:
        """What the file had added when the page was shown."""
        return str(self.cleaned_data.get("added", ""))

    @property
    def columns(self) -> dict[str, int]:
        """The columns that were chosen."""
        keys = (column.key for column in COLUMNS)
        return {key: place for key in keys if (place := self.cleaned_data.get(key)) is not None}
