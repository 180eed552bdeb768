"""What the merchant takes off."""

from __future__ import annotations

from django.db import models

from placet.catalog.models.products import Category, Product
from placet.companies.models import Company
from placet.core.models import IdField, MinorUnitsField, Resource, reference


class Promotion(Resource):
    """A reduction that the merchant gives while it holds; ``policy/promotions.py`` applies it.

    ``order_amount`` and ``order_percent`` lower the goods of an order from ``from_goods_minor`` on;
    ``line_percent`` lowers lines of the named categories and products (of all, without entries)
    from ``from_quantity`` pieces on; ``free_shipping`` takes away the shipping from
    ``from_goods_minor`` on. Days are of the merchant's calendar, both included.
    """

    class Kind(models.TextChoices):
        ORDER_AMOUNT = "order_amount"
        ORDER_PERCENT = "order_percent"
        LINE_PERCENT = "line_percent"
        FREE_SHIPPING = "free_shipping"

    id = IdField("prm")
    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=13, choices=Kind.choices)
    currency = models.CharField(max_length=3)
    company = reference(Company, null=True, blank=True)
    from_goods_minor = MinorUnitsField(default=0)
    from_quantity = models.PositiveIntegerField(default=1)
    amount_minor = MinorUnitsField(default=0)
    basis_points = models.PositiveIntegerField(default=0)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(basis_points__lte=10_000, amount_minor__gte=0),
                name="promotion_in_range",
            ),
        ]


class PromotionEntry(models.Model):
    """A category with everything below it, or one product, that a promotion lowers."""

    promotion = reference(Promotion, related_name="entries", on_delete=models.CASCADE)
    category = reference(Category, null=True, blank=True)
    product = reference(Product, null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(category__isnull=True) ^ models.Q(product__isnull=True),
                name="promotion_entry_names_one_thing",
            ),
        ]
