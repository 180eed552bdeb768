"""What the merchant asks of every order."""

from __future__ import annotations

from django.db import models

from placet.core.models import IdField, MinorUnitsField, Record


class StoreTerms(Record):
    """What the merchant asks of every order; amounts are goods net after discounts.

    Prices are held for ``price_hold_days`` after a purchase was frozen; after them a unit price
    that rose by up to ``price_tolerance_basis_points`` is still not charged.
    """

    id = IdField("stm")
    currency = models.CharField(max_length=3, unique=True)
    minimum_order_minor = MinorUnitsField(default=0)
    shipping_fee_minor = MinorUnitsField(default=0)
    free_shipping_from_minor = MinorUnitsField(null=True, blank=True)
    shipping_tax_basis_points = models.PositiveIntegerField(default=0)
    price_hold_days = models.PositiveSmallIntegerField(default=14)
    price_tolerance_basis_points = models.PositiveSmallIntegerField(default=0)
