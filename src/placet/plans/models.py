"""The flat purchase history: one row an allocation, for last prices, hits and back-tests."""

from __future__ import annotations

from django.db import models

from placet.companies.models import Company, Member
from placet.core.models import MinorUnitsField, Record, reference


class PurchasedLine(Record):
    """A part of a line as it was ordered; ``created_at`` is the instant of the order."""

    company = reference(Company)
    member = reference(Member)
    order_id = models.CharField(max_length=40)
    requisition_id = models.CharField(max_length=40)
    unit_path = models.CharField(max_length=500)
    cost_center_id = models.CharField(max_length=40, blank=True, default="")
    ship_to_id = models.CharField(max_length=40, blank=True, default="")
    sku = models.CharField(max_length=64)
    category_path = models.CharField(max_length=400)
    currency = models.CharField(max_length=3)
    quantity = models.PositiveBigIntegerField()
    unit_price_minor = MinorUnitsField()
    price_quantity = models.PositiveIntegerField(default=1)
    total_minor = MinorUnitsField()

    class Meta:
        indexes = [
            models.Index(fields=["company", "sku", "-created_at"], name="history_by_sku"),
            models.Index(fields=["company", "-created_at"], name="history_by_time"),
        ]
