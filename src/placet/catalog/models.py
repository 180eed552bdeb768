"""What the merchant sells, and at which prices to whom."""

from __future__ import annotations

from django.db import models

from placet.companies.models import Company, Member
from placet.core.models import IdField, MinorUnitsField, Record, Resource, reference


class Category(Resource):
    """A node of the merchant's catalog. ``path`` is the keys from the root down, ``a/b/``."""

    id = IdField("cat")
    parent = reference("self", null=True, blank=True)
    key = models.SlugField(max_length=80)
    path = models.CharField(max_length=400, unique=True)
    name = models.CharField(max_length=120)
    position = models.PositiveIntegerField(default=0)


class Product(Resource):
    """One thing that can be ordered, in one pack. ``search_text`` is folded (see ``search.py``)."""

    class Status(models.TextChoices):
        ACTIVE = "active"
        DISCONTINUED = "discontinued"

    id = IdField("prd")
    sku = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True, default="")
    category = reference(Category)
    family = models.CharField(max_length=120, blank=True, default="")
    variant = models.CharField(max_length=120, blank=True, default="")
    brand = models.CharField(max_length=80, blank=True, default="")
    supplier = models.CharField(max_length=80, blank=True, default="")
    pack = models.CharField(max_length=60)
    price_quantity = models.PositiveIntegerField(default=1)
    minimum_quantity = models.PositiveIntegerField(default=1)
    step_quantity = models.PositiveIntegerField(default=1)
    stock = models.IntegerField(default=0)
    sells_beyond_stock = models.BooleanField(default=True)
    lead_time_days = models.PositiveSmallIntegerField(default=2)
    tax_basis_points = models.PositiveIntegerField(default=0)
    is_restricted = models.BooleanField(default=False)
    tags = models.JSONField(default=list)
    pictogram = models.CharField(max_length=40, blank=True, default="")
    status = models.CharField(max_length=14, choices=Status.choices, default=Status.ACTIVE)
    substitute = reference("self", null=True, blank=True)
    search_text = models.TextField(blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["category", "name"], name="product_by_category")]


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
    """The price list that was agreed with a company."""

    id = IdField("cpl")
    company = reference(Company)
    price_list = reference(PriceList)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company"], name="one_price_list_each")]


class Price(models.Model):
    """The price of ``product.price_quantity`` pieces, from a quantity on (a tier)."""

    price_list = reference(PriceList)
    product = reference(Product, related_name="prices")
    from_quantity = models.PositiveIntegerField(default=1)
    unit_price_minor = MinorUnitsField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["price_list", "product", "from_quantity"], name="one_price_a_tier"
            ),
            models.CheckConstraint(
                condition=models.Q(unit_price_minor__gte=0), name="price_not_negative"
            ),
        ]


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


class CategoryOwner(Resource):
    """Who answers for a category in a company, and for everything below it that names nobody."""

    id = IdField("cow")
    company = reference(Company)
    category = reference(Category)
    member = reference(Member)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["company", "category"], name="one_category_owner_a_company"
            ),
        ]
