"""What can be ordered, where it stands in the catalog, and what companies call it."""

from __future__ import annotations

from django.db import models

from placet.catalog.models.taxes import TaxClass
from placet.companies.models import Company, Member
from placet.core.models import IdField, MinorUnitsField, Resource, reference


class Category(Resource):
    """A node of the merchant's catalog. ``path`` is the keys from the root down, ``a/b/``."""

    id = IdField("cat")
    parent = reference("self", null=True, blank=True)
    key = models.SlugField(max_length=80)
    path = models.CharField(max_length=400, unique=True)
    name = models.CharField(max_length=120)
    position = models.PositiveIntegerField(default=0)


class Product(Resource):
    """One thing that can be ordered, in one pack.

    ``search_text`` and ``folded_sku`` are written from the rest (see ``search.py``).
    """

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
    # Where it is set, the class says the rate by country; the rate above is of no account.
    tax_class = reference(TaxClass, null=True, blank=True)
    # What ``price_quantity`` pieces cost the merchant: no buyer ever sees it.
    cost_minor = MinorUnitsField(null=True, blank=True)
    cost_currency = models.CharField(max_length=3, blank=True, default="")
    is_restricted = models.BooleanField(default=False)
    tags = models.JSONField(default=list)
    # What can be filtered and compared by: ``{"Size": "M", "Material": "nitrile"}``.
    attributes = models.JSONField(default=dict, blank=True)
    pictogram = models.CharField(max_length=40, blank=True, default="")
    status = models.CharField(max_length=14, choices=Status.choices, default=Status.ACTIVE)
    substitute = reference("self", null=True, blank=True)
    search_text = models.TextField(blank=True, default="")
    folded_sku = models.CharField(max_length=64, blank=True, default="", db_index=True)

    class Meta:
        indexes = [
            models.Index(fields=["category", "name"], name="product_by_category"),
            models.Index(fields=["family"], name="product_by_family"),
        ]


class PartNumber(Resource):
    """What a company calls a product: its own number, by which its people search and order.

    ``folded`` is the number as it is compared (see ``search.py``).
    """

    id = IdField("ptn")
    company = reference(Company)
    product = reference(Product, related_name="part_numbers")
    number = models.CharField(max_length=64)
    folded = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "folded"], name="one_product_a_part_number"),
            models.UniqueConstraint(fields=["company", "product"], name="one_part_number_each"),
        ]


class SearchWord(models.Model):
    """A word of the catalog, folded: what a mistyped one may have meant. Words stay for ever."""

    word = models.CharField(max_length=40, primary_key=True)


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
