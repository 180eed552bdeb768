"""What members may do, up to how much, and who decides for whom."""

from __future__ import annotations

from django.db import models

from placet.companies.models.people import Company, Member, Unit
from placet.core.models import (
    IdField,
    MinorUnitsField,
    Record,
    Resource,
    reference,
    unique_with_null,
)


class Role(Resource):
    """A named set of permissions of one company; ``key`` is what rules select by."""

    id = IdField("rol")
    company = reference(Company)
    key = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)
    is_builtin = models.BooleanField(default=False)
    permissions = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "key"], name="role_key_once")]


class RoleGrant(Record):
    """A role given to a member, for the company (no unit) or for a unit and all below it."""

    id = IdField("rgr")
    member = reference(Member, related_name="role_grants", on_delete=models.CASCADE)
    role = reference(Role, related_name="role_grants")
    unit = reference(Unit, null=True, blank=True)

    class Meta:
        constraints = unique_with_null("role_granted_once", ["member", "role"], "unit")


class Limit(Resource):
    """One object for both uses: what a buyer may spend, and what an approver may release.

    ``None`` in a field means that the field does not limit and, as authority, does not cover;
    *unlimited* is said by ``mode`` (for spending) or by ``is_unlimited`` (for authority).
    """

    class Use(models.TextChoices):
        SPENDING = "spending"
        AUTHORITY = "authority"

    class Mode(models.TextChoices):
        UNRESTRICTED = "unrestricted"
        OVER = "over"
        HARD = "hard"
        ALWAYS = "always"

    class Period(models.TextChoices):
        DAY = "day"
        WEEK = "week"
        MONTH = "month"
        QUARTER = "quarter"
        YEAR = "year"

    id = IdField("lim")
    member = reference(Member, related_name="limits", on_delete=models.CASCADE)
    use = models.CharField(max_length=10, choices=Use.choices)
    mode = models.CharField(max_length=12, choices=Mode.choices, default=Mode.OVER)
    currency = models.CharField(max_length=3)
    is_unlimited = models.BooleanField(default=False)
    order_minimum_minor = MinorUnitsField(null=True, blank=True)
    order_maximum_minor = MinorUnitsField(null=True, blank=True)
    period = models.CharField(max_length=8, choices=Period.choices, default=Period.MONTH)
    period_spend_minor = MinorUnitsField(null=True, blank=True)
    period_orders = models.PositiveIntegerField(null=True, blank=True)
    categories = models.JSONField(null=True, blank=True)
    ship_tos = models.JSONField(null=True, blank=True)
    # Of the merchant's staff, for what they offer: the largest discount and the smallest margin.
    discount_basis_points = models.PositiveIntegerField(null=True, blank=True)
    margin_basis_points = models.IntegerField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "use"], name="one_limit_a_use")]


class Delegation(Resource):
    """``delegate`` decides for ``principal`` between two instants, up to a cap where one is set.

    With a unit it holds for purchases of that unit and of those below it. ``began_at`` and
    ``over_at`` say when open steps were staffed anew for its begin and its end: each once.
    """

    id = IdField("dlg")
    company = reference(Company)
    principal = reference(Member, related_name="delegations_given")
    delegate = reference(Member, related_name="delegations_held")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    cap_minor = MinorUnitsField(null=True, blank=True)
    unit = reference(Unit, null=True, blank=True)
    began_at = models.DateTimeField(null=True, blank=True)
    over_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(principal=models.F("delegate")), name="delegate_is_another"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="delegation_has_length"
            ),
        ]


class Absence(Resource):
    """A member is away between two instants; ``began_at`` and ``over_at`` as in a delegation."""

    id = IdField("abs")
    member = reference(Member, related_name="absences")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True, blank=True)
    over_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="absence_has_length"
            ),
        ]
