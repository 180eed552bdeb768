"""How goods are taxed."""

from __future__ import annotations

from django.db import models

from placet.core.models import IdField, Record, Resource, reference


class TaxClass(Resource):
    """A kind of goods that is taxed alike: standard, reduced, none."""

    id = IdField("txc")
    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)


class TaxRate(Record):
    """The rate of a tax class where goods are delivered; an empty country is everywhere else."""

    id = IdField("txr")
    tax_class = reference(TaxClass, related_name="rates", on_delete=models.CASCADE)
    country = models.CharField(max_length=2, blank=True, default="")
    basis_points = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tax_class", "country"], name="one_tax_rate_a_country"),
            models.CheckConstraint(
                condition=models.Q(basis_points__lte=10_000), name="tax_rate_in_range"
            ),
        ]
