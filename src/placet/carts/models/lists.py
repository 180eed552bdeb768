"""Purchase lists: what is bought again and again, wishlists included, and when."""

from __future__ import annotations

from django.db import models

from placet.carts.models.cart import GrantLevel
from placet.catalog.models import Product
from placet.companies.models import Address, Company, CostCenter, Member, Unit
from placet.core.models import IdField, MinorUnitsField, Record, Resource, reference


class PurchaseList(Resource):
    """A reusable list of products: of one member, of a unit and below, or of the company."""

    class Scope(models.TextChoices):
        PERSONAL = "personal"
        UNIT = "unit"
        COMPANY = "company"

    id = IdField("lst")
    company = reference(Company)
    owner = reference(Member)
    unit = reference(Unit, null=True, blank=True)
    scope = models.CharField(max_length=8, choices=Scope.choices, default=Scope.PERSONAL)
    name = models.CharField(max_length=120)
    note = models.CharField(max_length=2000, blank=True, default="")
    archived_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["company", "scope", "archived_at"], name="list_by_scope"),
            models.Index(fields=["owner"], name="list_by_owner"),
        ]


class PurchaseListLine(Resource):
    """A product of a list, how many are usually ordered, and how many should always be there."""

    id = IdField("lln")
    purchase_list = reference(PurchaseList, related_name="lines", on_delete=models.CASCADE)
    product = reference(Product)
    position = models.PositiveIntegerField()
    quantity = models.PositiveBigIntegerField()
    par_quantity = models.PositiveBigIntegerField(null=True, blank=True)
    note = models.CharField(max_length=400, blank=True, default="")
    added_by = reference(Member)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["purchase_list", "product"], name="a_product_once_a_list"
            ),
            models.CheckConstraint(
                condition=models.Q(quantity__gte=1, quantity__lte=1_000_000),
                name="list_quantity_in_range",
            ),
        ]


class ListGrant(Record):
    """What a colleague, or everybody of a unit and below it, may do with a list not theirs."""

    id = IdField("lgr")
    purchase_list = reference(PurchaseList, related_name="grants", on_delete=models.CASCADE)
    member = reference(Member, null=True, blank=True)
    unit = reference(Unit, null=True, blank=True)
    level = models.CharField(max_length=8, choices=GrantLevel.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["purchase_list", "member"], name="one_list_grant_each"),
            models.UniqueConstraint(fields=["purchase_list", "unit"], name="one_list_grant_a_unit"),
            models.CheckConstraint(
                condition=models.Q(member__isnull=True) ^ models.Q(unit__isnull=True),
                name="list_grant_names_one",
            ),
        ]


class Schedule(Resource):
    """When a list is bought again: a reminder to its owner, or a standing requisition.

    Occurrences are due every ``every_count`` days, weeks or months from ``starts_on`` on; the next
    one on ``next_on``, a day of the company's calendar, at ``due_at``: when that day's work begins,
    or that of the next working day. ``number`` counts those that were. A standing requisition is
    paused when a unit price rises by more than ``envelope_price_basis_points``. It may state an
    envelope: the most that one occurrence may cost, with shipping and tax, for approvals to cover
    later ones until ``envelope_until_on``.
    """

    class Kind(models.TextChoices):
        REMINDER = "reminder"
        STANDING = "standing"

    class Every(models.TextChoices):
        DAY = "day"
        WEEK = "week"
        MONTH = "month"

    class Status(models.TextChoices):
        ACTIVE = "active"
        PAUSED = "paused"
        ENDED = "ended"

    id = IdField("sch")
    company = reference(Company)
    purchase_list = reference(PurchaseList, related_name="schedules")
    owner = reference(Member)
    unit = reference(Unit)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    every = models.CharField(max_length=5, choices=Every.choices)
    every_count = models.PositiveSmallIntegerField(default=1)
    starts_on = models.DateField()
    next_on = models.DateField()
    due_at = models.DateTimeField()
    number = models.PositiveIntegerField(default=0)
    ends_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=6, choices=Status.choices, default=Status.ACTIVE)
    # Why it is paused, and the SKUs or names that this is about; empty where somebody paused it.
    problem = models.CharField(max_length=40, blank=True, default="")
    problem_about = models.JSONField(default=list, blank=True)
    # What every occurrence says above its lines.
    ship_to = reference(Address, null=True, blank=True)
    bill_to = reference(Address, null=True, blank=True)
    cost_center = reference(CostCenter, null=True, blank=True)
    po_number = models.CharField(max_length=60, blank=True, default="")
    references = models.JSONField(default=dict, blank=True)
    justification = models.CharField(max_length=2000, blank=True, default="")
    envelope_total_minor = MinorUnitsField(null=True, blank=True)
    envelope_price_basis_points = models.PositiveIntegerField(default=0)
    envelope_until_on = models.DateField(null=True, blank=True)
    # What the owner saw last, by product: unit price, for how many, quantity; and which warnings.
    confirmed = models.JSONField(default=dict, blank=True)
    warnings_read = models.JSONField(default=list, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["status", "due_at"], name="schedule_by_moment")]
