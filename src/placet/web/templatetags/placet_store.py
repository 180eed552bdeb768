"""How the merchant's rates are written."""

from __future__ import annotations

from decimal import Decimal

from django import template

from placet.web import formats

register = template.Library()


@register.filter
def basis_percent(basis_points: int) -> str:
    """`{{ 750|basis_percent }}` is "7.5 %"."""
    places = 0 if basis_points % 100 == 0 else 2 if basis_points % 10 else 1
    return formats.percent(Decimal(basis_points) / 10_000, places)
