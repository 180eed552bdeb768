"""What staff say when they order for a customer's member."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placet.carts.models import Cart
from placet.companies.acting import get_actor_of_member
from placet.companies.models import Address, Member
from placet.companies.queries import list_addresses, list_purchase_fields
from placet.web.members.choices import set_choices

REFERENCE = "reference-"


class BeginForm(forms.Form):
    """For whom, and why."""

    member = forms.ChoiceField(label=gettext_lazy("For whom"))
    reason = forms.CharField(
        max_length=400,
        label=gettext_lazy("Why you order for them"),
        help_text=gettext_lazy(
            "They read it, and so do their approvers. It stays with the purchase."
        ),
    )

    def __init__(self, *args: Any, people: Sequence[Member], **options: Any) -> None:
        super().__init__(*args, **options)
        offered = [(one.pk, one.user.name) for one in people]
        set_choices(self, "member", [("", _("Choose somebody")), *offered])


class PasteForm(forms.Form):
    """Rows of SKU and quantity."""

    text = forms.CharField(
        label=gettext_lazy("SKU and quantity, a row each"),
        widget=forms.Textarea(attrs={"class": "textarea", "rows": 4}),
    )


class QuantityForm(forms.Form):
    """How many; none takes the line out."""

    quantity = forms.IntegerField(min_value=0, max_value=1_000_000)
    version = forms.IntegerField(min_value=0)


class DetailsForm(forms.Form):
    """Where it goes, and what stands on it; the company's references that the supplier is told."""

    ship_to = forms.ChoiceField(required=False, label=gettext_lazy("Ship-to"))
    bill_to = forms.ChoiceField(required=False, label=gettext_lazy("Bill-to"))
    po_number = forms.CharField(max_length=60, required=False, label=gettext_lazy("PO reference"))
    requested_on = forms.DateField(
        required=False,
        label=gettext_lazy("Wanted by"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, posted: Any = None, *, cart: Cart) -> None:
        super().__init__(posted, initial=_initial(cart))
        member = get_actor_of_member(cart.owner_id, "web")
        for name, kind in (("ship_to", Address.Kind.SHIP_TO), ("bill_to", Address.Kind.BILL_TO)):
            places = [(one.pk, one.name) for one in list_addresses(member, kind)]
            set_choices(self, name, [("", _("Not said yet")), *places])
        for field in list_purchase_fields(cart.company_id).filter(is_for_supplier=True):
            self.fields[f"{REFERENCE}{field.key}"] = forms.CharField(
                max_length=200,
                required=False,
                label=field.name,
                initial=cart.references.get(field.key, ""),
            )

    @property
    def references(self) -> list[forms.BoundField]:
        """The company's own references, for the template."""
        return [self[name] for name in self.fields if name.startswith(REFERENCE)]

    @property
    def changes(self) -> dict[str, Any]:
        """What ``describe_cart_for`` is told."""
        found = self.cleaned_data
        said = {
            name.removeprefix(REFERENCE): value
            for name, value in found.items()
            if name.startswith(REFERENCE)
        }
        return {
            "ship_to_id": found["ship_to"],
            "bill_to_id": found["bill_to"],
            "po_number": found["po_number"],
            "requested_on": found["requested_on"],
            **({"references": said} if said else {}),
        }


def _initial(cart: Cart) -> dict[str, Any]:
    return {
        "ship_to": cart.ship_to_id or "",
        "bill_to": cart.bill_to_id or "",
        "po_number": cart.po_number,
        "requested_on": cart.requested_on,
    }
