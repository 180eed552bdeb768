"""Which prices hold for whom."""

from __future__ import annotations

from django.db import models

from placet.catalog.models.products import Product
from placet.companies.models import Company
from placet.core.models import IdField, MinorUnitsField, Record, Resource, reference


class PriceList(Resource):
    """Prices in one currency. The default list is what everybody pays who has no other price."""

    id = IdField("prl")
    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    currency = models.CharField(max_length=3)
    is_default = models.BooleanField(default=False)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["currency"],
                condition=models.Q(is_default=True),
                name="one_default_price_list_a_currency",
            ),
        ]


class CompanyPriceList(Record):
    """A price list that was agreed with a company; of the valid ones the lowest position holds.

    A product that is not on it has the price of the next one, at last that of the default list.
    """

    id = IdField("cpl")
    company = reference(Company)
    price_list = reference(PriceList)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "price_list"], name="price_list_agreed_once")
        ]


class Price(models.Model):
    """The price of ``product.price_quantity`` pieces, from a quantity on (a tier).

    ``piece`` is what one piece costs, on the tier of the smallest order; all others have none. It
    is there to sort a hundred thousand products by, never to pay (see ``price_order.py``).
    """

    price_list = reference(PriceList)
    product = reference(Product, related_name="prices")
    from_quantity = models.PositiveIntegerField(default=1)
    unit_price_minor = MinorUnitsField()
    piece = models.FloatField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["piece", "price_list", "product"],
                condition=models.Q(piece__isnull=False),
                name="price_of_a_piece",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["price_list", "product", "from_quantity"], name="one_price_a_tier"
            ),
            models.CheckConstraint(
                condition=models.Q(unit_price_minor__gte=0), name="price_not_negative"
            ),
        ]


class ExchangeRate(Record):
    """What one minor unit of a currency is worth in another, from an instant on.

    Rows are never changed and never begin in the past: the rates of any earlier moment can be read
    again, so a purchase keeps those of its first submission without a copy of them.
    """

    id = IdField("rat")
    source = models.CharField(max_length=3)
    target = models.CharField(max_length=3)
    numerator = models.PositiveBigIntegerField()
    denominator = models.PositiveBigIntegerField()
    starts_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "target", "starts_at"], name="one_rate_a_moment"
            ),
            models.CheckConstraint(
                condition=models.Q(numerator__gt=0, denominator__gt=0), name="rate_is_positive"
            ),
            models.CheckConstraint(
                condition=~models.Q(source=models.F("target")), name="rate_between_two_currencies"
            ),
        ]
