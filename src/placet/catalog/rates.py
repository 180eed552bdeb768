"""Which exchange rates hold at a moment, as the engine needs them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from django.db.models import Exists, OuterRef, Q

from placet.catalog.models import ExchangeRate
from placet.policy.money import Rate, decimals


def rates_at(currencies: Collection[str], moment: datetime) -> dict[tuple[str, str], Rate]:
    """The newest rate of every pair that holds one of these currencies; one query, or none.

    Rates never change afterwards, so the same moment always gives the same answer: a purchase that
    is planned again reads those of its first submission. A single currency needs no rate.
    """
    if len(set(currencies)) < 2:
        return {}
    begun = ExchangeRate.objects.filter(starts_at__lte=moment)
    newer = begun.filter(
        source=OuterRef("source"), target=OuterRef("target"), starts_at__gt=OuterRef("starts_at")
    )
    wanted = Q(source__in=currencies, target__in=currencies)
    return {
        (row.source, row.target): Rate(row.source, row.target, row.numerator, row.denominator)
        for row in begun.filter(wanted).exclude(Exists(newer))
    }


def rate_text(row: ExchangeRate) -> str:
    """The rate as people write it: units of the target for one unit of the source."""
    scale = Fraction(10) ** (decimals(row.source) - decimals(row.target))
    exact = Fraction(row.numerator, row.denominator) * scale
    text = f"{Decimal(exact.numerator) / Decimal(exact.denominator):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
