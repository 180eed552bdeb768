"""What the catalog is asked with, and how products go into a cart."""

from __future__ import annotations

from typing import Final, NamedTuple

from django import forms
from django.http import QueryDict

from placet.catalog.listing import ORDERS
from placet.catalog.wanted import MOST_CHOSEN, Wanted

MOST_COMPARED: Final = 4
TILES, ROWS = "tiles", "list"


class CatalogFilter(forms.Form):
    """Words, a category's path, an order, and the product behind which the page begins."""

    q = forms.CharField(max_length=200, required=False)
    category = forms.CharField(max_length=400, required=False)
    sort = forms.ChoiceField(choices=[(one, one) for one in ORDERS], required=False)
    stock = forms.ChoiceField(choices=[("1", "1")], required=False)
    restricted = forms.ChoiceField(choices=[("1", "1"), ("0", "0")], required=False)
    view = forms.ChoiceField(choices=[(TILES, TILES), (ROWS, ROWS)], required=False)
    after = forms.CharField(max_length=40, required=False)


class Asked(NamedTuple):
    """What the address asks for: what is wanted, how it looks, where the page begins."""

    wanted: Wanted
    view: str
    after: str


def read_address(query: QueryDict) -> Asked:
    """The address understood; what is no filter of ours does not count."""
    form = CatalogFilter(query)
    form.is_valid()
    said = {name: form.cleaned_data.get(name, "") for name in form.fields}
    wanted = Wanted(
        text=said["q"],
        category=said["category"],
        brands=_several(query, "brand", 80),
        suppliers=_several(query, "supplier", 80),
        is_in_stock=said["stock"] == "1",
        restricted=None if not said["restricted"] else said["restricted"] == "1",
        attributes=tuple(
            (name, value)
            for name, colon, value in (one.partition(":") for one in _several(query, "attr", 240))
            if colon and name and value
        ),
        order=said["sort"],
    )
    return Asked(wanted, said["view"] or TILES, said["after"])


def _several(query: QueryDict, name: str, longest: int) -> tuple[str, ...]:
    found = dict.fromkeys(one for one in query.getlist(name) if 0 < len(one) <= longest)
    return tuple(found)[:MOST_CHOSEN]


class AddForm(forms.Form):
    """Into which cart, and how many; an empty cart begins a new one."""

    cart = forms.CharField(max_length=40, required=False)
    quantity = forms.IntegerField(min_value=1, max_value=1_000_000)


class NumberForm(forms.Form):
    """What the company calls a product; nothing takes the number away."""

    number = forms.CharField(max_length=64, required=False)
