"""What the catalog is asked with, and how a product goes into a cart."""

from __future__ import annotations

from django import forms


class CatalogFilter(forms.Form):
    """Words, a category's path, and the product behind which the page begins."""

    q = forms.CharField(max_length=200, required=False)
    category = forms.CharField(max_length=400, required=False)
    after = forms.CharField(max_length=40, required=False)


class AddForm(forms.Form):
    """Into which cart, and how many; an empty cart begins a new one."""

    cart = forms.CharField(max_length=40, required=False)
    quantity = forms.IntegerField(min_value=1, max_value=1_000_000)
