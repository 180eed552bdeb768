"""What the merchant's staff have: their customers, the store's own settings, and views of lists."""

from __future__ import annotations

from django.db import models

from placet.companies.models.people import Company, Member
from placet.core.models import IdField, Record, Resource, reference


class CustomerRep(Record):
    """A customer that is in the charge of one of the merchant's staff."""

    id = IdField("rep")
    company = reference(Company, related_name="reps")
    member = reference(Member, related_name="customers")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "member"], name="one_charge_each"),
        ]


class Store(Resource):
    """How the merchant presents itself, and what its quotes start with; one row."""

    id = IdField("sto")
    company = models.OneToOneField(Company, models.PROTECT, related_name="store")
    support_email = models.EmailField(blank=True, default="")
    support_phone = models.CharField(max_length=40, blank=True, default="")
    imprint = models.CharField(max_length=1000, blank=True, default="")
    # Degrees of the accent colour; the product's own where nothing is set.
    accent_hue = models.PositiveSmallIntegerField(null=True, blank=True)
    quote_valid_days = models.PositiveSmallIntegerField(default=30)


class SavedView(Resource):
    """A list as a member wants to find it again: the name of the list, and its query string."""

    id = IdField("viw")
    member = reference(Member, related_name="views", on_delete=models.CASCADE)
    list_name = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=2000, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "list_name", "name"], name="view_name_once"),
        ]


class ColumnMap(Resource):
    """Which columns a company's exports of a list have, in which order and under which headings.

    ``columns`` are pairs of a key of ours and the heading that the other system expects;
    ``delimiter`` and ``decimal_mark`` are those of its CSV.
    """

    id = IdField("map")
    company = reference(Company, related_name="column_maps")
    list_name = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    columns = models.JSONField(default=list)
    delimiter = models.CharField(max_length=1, default=",")
    decimal_mark = models.CharField(max_length=1, default=".")
    changed_by = reference(Member, null=True, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["company", "list_name", "name"], name="column_map_name_once"
            ),
        ]
