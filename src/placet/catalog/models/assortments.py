"""Who may see and order what."""

from __future__ import annotations

from django.db import models

from placet.catalog.models.products import Category, Product
from placet.companies.models import Company, Member, Role, Unit
from placet.core.models import IdField, Resource, reference


class Assortment(Resource):
    """What some people of a company may see and order, or may not.

    It holds for the whole company, or for a unit and all below it, for holders of a role, or for
    one member. ``side`` says who set it: the merchant, or the company for its own people. For each
    side, where any ``allow`` holds for a person, only what these name is allowed; a ``deny`` takes
    away whatever allowed it.
    """

    class Effect(models.TextChoices):
        ALLOW = "allow"
        DENY = "deny"

    class Side(models.TextChoices):
        BUYER = "buyer"
        MERCHANT = "merchant"

    id = IdField("ast")
    company = reference(Company)
    side = models.CharField(max_length=8, choices=Side.choices)
    effect = models.CharField(max_length=5, choices=Effect.choices)
    name = models.CharField(max_length=120)
    unit = reference(Unit, null=True, blank=True)
    role = reference(Role, null=True, blank=True)
    member = reference(Member, null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["company", "closed_at"], name="assortment_by_company")]


class AssortmentEntry(models.Model):
    """A category with everything below it, or one product; never both."""

    assortment = reference(Assortment, related_name="entries", on_delete=models.CASCADE)
    category = reference(Category, null=True, blank=True)
    product = reference(Product, null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(category__isnull=True) ^ models.Q(product__isnull=True),
                name="entry_names_one_thing",
            ),
        ]
