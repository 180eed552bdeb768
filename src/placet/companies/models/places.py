"""Where goods and invoices go, where costs are booked, and what else a purchase names."""

from __future__ import annotations

from django.db import models

from placet.companies.models.people import Company, Member, Unit
from placet.core.models import IdField, Record, Resource, reference


class Address(Resource):
    """Where goods or invoices go: for a member, for a unit and below, or for the whole company.

    Where grants name members, it is for these alone.
    """

    class Kind(models.TextChoices):
        SHIP_TO = "ship_to"
        BILL_TO = "bill_to"

    id = IdField("adr")
    company = reference(Company)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    unit = reference(Unit, null=True, blank=True)
    member = reference(Member, null=True, blank=True)
    name = models.CharField(max_length=120)
    street = models.CharField(max_length=200)
    postcode = models.CharField(max_length=20)
    city = models.CharField(max_length=100)
    country = models.CharField(max_length=2)
    delivery_note = models.CharField(max_length=200, blank=True, default="")
    closed_at = models.DateTimeField(null=True, blank=True)


class AddressGrant(Record):
    """That a member may use an address which is not for everybody."""

    id = IdField("agr")
    address = reference(Address, related_name="grants", on_delete=models.CASCADE)
    member = reference(Member)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["address", "member"], name="address_granted_once"),
        ]


class CostCenter(Resource):
    """Where a cost is booked, and who answers for it."""

    id = IdField("ccr")
    company = reference(Company)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    unit = reference(Unit, null=True, blank=True)
    owner = reference(Member, null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "code"], name="cost_center_code_once"),
        ]


class ReferenceField(Resource):
    """What a company wants to be told with each purchase: a project, a ward, a contract number."""

    class Kind(models.TextChoices):
        TEXT = "text"
        LIST = "list"
        PATTERN = "pattern"

    id = IdField("rff")
    company = reference(Company)
    key = models.SlugField(max_length=40)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.TEXT)
    choices = models.JSONField(default=list, blank=True)
    pattern = models.CharField(max_length=100, blank=True, default="")
    hint = models.CharField(max_length=100, blank=True, default="")
    is_required = models.BooleanField(default=False)
    is_for_supplier = models.BooleanField(default=False)
    # Asked of every line instead of once for the purchase.
    is_per_line = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "key"], name="reference_key_once"),
        ]
