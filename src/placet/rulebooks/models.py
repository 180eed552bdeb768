"""Rulebooks: a company's approval rules in versions. A published version never changes."""

from __future__ import annotations

from django.db import models

from placet.companies.models import Company, Member, Unit
from placet.core.models import IdField, Record, Resource, reference, unique_with_null


class Rulebook(Resource):
    """The rules of one side for a company or for a unit and below (its tree decides)."""

    class Side(models.TextChoices):
        BUYER = "buyer"
        MERCHANT = "merchant"

    class KeptBy(models.TextChoices):
        COMPANY = "company"
        MERCHANT = "merchant"
        BOTH = "both"

    id = IdField("rbk")
    company = reference(Company)
    unit = reference(Unit, null=True, blank=True)
    side = models.CharField(max_length=8, choices=Side.choices)
    kept_by = models.CharField(max_length=8, choices=KeptBy.choices, default=KeptBy.COMPANY)
    inherits = models.BooleanField(default=True)
    name = models.CharField(max_length=120)
    published = reference("rulebooks.RulebookVersion", null=True, blank=True)

    class Meta:
        constraints = unique_with_null("one_rulebook_a_place", ["company", "side"], "unit")


class RulebookVersion(Record):
    """One published text of a rulebook: canonical JSON that the engine compiles, and its hash."""

    APPEND_ONLY = True

    id = IdField("rbv")
    rulebook = reference(Rulebook, related_name="versions")
    number = models.PositiveIntegerField()
    document = models.TextField()
    hash = models.CharField(max_length=64)
    published_by = reference(Member, null=True, blank=True)
    note = models.CharField(max_length=400, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rulebook", "number"], name="version_number_once"),
        ]
