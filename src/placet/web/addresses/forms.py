"""An address as people write it, for whom it is, and which members alone may use it."""

from __future__ import annotations

from typing import Any, Final

from babel import Locale
from django import forms
from django.utils.translation import gettext_lazy as _

from placet.companies.models import Address, Company
from placet.core.actor import Actor
from placet.web.addresses.choices import list_people, list_place_choices, write_place
from placet.web.formats import reader_locale

KINDS: Final = ((Address.Kind.SHIP_TO, _("Ship-to")), (Address.Kind.BILL_TO, _("Bill-to")))
TEXTS: Final = ("name", "street", "postcode", "city", "country", "delivery_note")


class AddressForm(forms.Form):
    """The whole of it; the kind is chosen once, when it is new."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    kind = forms.ChoiceField(choices=KINDS, label=_("Kind"))
    name = forms.CharField(
        max_length=120, label=_("Name"), help_text=_("As people choose it, such as “ICU dock”.")
    )
    street = forms.CharField(max_length=200, label=_("Street and number"))
    postcode = forms.CharField(max_length=20, label=_("Postcode"))
    city = forms.CharField(max_length=100, label=_("Town"))
    country = forms.ChoiceField(label=_("Country"))
    delivery_note = forms.CharField(
        max_length=200,
        required=False,
        label=_("Note for the delivery"),
        help_text=_("Such as “Ring at gate 3, Monday to Friday until 15:00”."),
    )
    place = forms.ChoiceField(label=_("Who orders to it"))

    def __init__(
        self, posted: Any = None, *, actor: Actor, company: Company, address: Address | None
    ) -> None:
        super().__init__(posted, initial=_initial(company, address))
        if address is not None:
            del self.fields["kind"]
        if actor.company_kind == Company.Kind.HOUSEHOLD:
            self.fields["place"].label = _("For")
        for name, choices in (
            ("country", list_countries(reader_locale())),
            ("place", list_place_choices(actor)),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    @property
    def texts(self) -> dict[str, str]:
        """What the actions are told beside kind and place."""
        return {name: self.cleaned_data[name] for name in TEXTS}


class ShareForm(forms.Form):
    """The members who alone may use it; nobody ticked: everybody whom it reaches."""

    members = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "check"}),
        label=_("Members"),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["members"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list_people(actor)


def list_countries(locale: Locale) -> list[tuple[str, str]]:
    """Countries by their names in the reader's language; the code is what is stored."""
    names = {code: name for code, name in locale.territories.items() if _is_country(code)}
    return [("", ""), *sorted(names.items(), key=lambda row: row[1])]


def _is_country(code: str) -> bool:
    """Two letters, without regions such as the EU and what stands for no country."""
    return len(code) == 2 and code.isalpha() and code not in {"EU", "EZ", "UN", "ZZ", "XA", "XB"}


def _initial(company: Company, address: Address | None) -> dict[str, Any]:
    if address is None:
        others = Address.objects.filter(company=company).order_by("-created_at", "-id")
        country = others.values_list("country", flat=True).first() or ""
        return {"kind": Address.Kind.SHIP_TO, "place": "company:", "country": country}
    found: dict[str, Any] = {name: getattr(address, name) for name in (*TEXTS, "version")}
    return {**found, "place": write_place(address.unit, address.member)}
