"""Who people are and what they may do. The merchant is the one company of kind ``merchant``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from placet.core.models import (
    IdField,
    MinorUnitsField,
    Record,
    Resource,
    reference,
    unique_with_null,
)

if TYPE_CHECKING:
    Accounts = BaseUserManager["User"]
else:
    Accounts = BaseUserManager


class UserAccounts(Accounts):
    """Finds people by the address they sign in with."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A person with a normalised address; without a password nobody can sign in as them."""
        user: User = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, Record):
    """A human being. What they may do hangs on their memberships, never on this row."""

    id = IdField("usr")
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=8, default="en")
    is_active = models.BooleanField(default=True)

    objects: ClassVar[UserAccounts] = UserAccounts()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name


class Company(Resource):
    """A buying organisation, a household, or the merchant."""

    class Kind(models.TextChoices):
        BUSINESS = "business"
        HOUSEHOLD = "household"
        MERCHANT = "merchant"

    class Status(models.TextChoices):
        ACTIVE = "active"
        SUSPENDED = "suspended"

    class MailDecisions(models.TextChoices):
        SIGN_IN = "sign_in"
        UP_TO = "up_to"
        OFF = "off"

    id = IdField("cmp")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ACTIVE)
    currency = models.CharField(max_length=3)
    language = models.CharField(max_length=8, default="en")
    time_zone = models.CharField(max_length=60, default="UTC")
    fiscal_year_month = models.PositiveSmallIntegerField(default=1)
    tax_number = models.CharField(max_length=40, blank=True, default="")
    payment_terms = models.CharField(max_length=40, default="net_30")
    po_pattern = models.CharField(max_length=100, blank=True, default="")
    po_hint = models.CharField(max_length=100, blank=True, default="")
    # Deciding by mail without a sign-in is off for a business until it says up to which amount.
    mail_decisions = models.CharField(
        max_length=10, choices=MailDecisions.choices, default=MailDecisions.SIGN_IN
    )
    mail_decisions_up_to_minor = MinorUnitsField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind"], condition=models.Q(kind="merchant"), name="one_merchant"
            ),
            models.CheckConstraint(
                condition=models.Q(fiscal_year_month__range=(1, 12)), name="fiscal_month_exists"
            ),
        ]


class Unit(Resource):
    """A node of the company's tree. ``path`` is the ids from the root down, each ended by ``/``."""

    id = IdField("unt")
    company = reference(Company)
    parent = reference("self", null=True, blank=True)
    path = models.CharField(max_length=500)
    name = models.CharField(max_length=120)
    code = models.CharField(max_length=40, blank=True, default="")
    head = reference("companies.Member", null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["company", "path"], name="unit_by_path")]


class Member(Resource):
    """A user's membership of one company."""

    class Status(models.TextChoices):
        ACTIVE = "active"
        DEACTIVATED = "deactivated"

    id = IdField("mem")
    company = reference(Company)
    user = reference(User)
    unit = reference(Unit)
    manager = reference("self", null=True, blank=True)
    title = models.CharField(max_length=120, blank=True, default="")
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.ACTIVE)
    language = models.CharField(max_length=8, default="en")
    time_zone = models.CharField(max_length=60, default="UTC")
    deactivated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "user"], name="one_membership_each"),
        ]
        indexes = [models.Index(fields=["company", "status"], name="member_by_status")]


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

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "use"], name="one_limit_a_use")]


class Delegation(Resource):
    """``delegate`` decides for ``principal`` between two instants, up to a cap where one is set."""

    id = IdField("dlg")
    company = reference(Company)
    principal = reference(Member, related_name="delegations_given")
    delegate = reference(Member, related_name="delegations_held")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    cap_minor = MinorUnitsField(null=True, blank=True)
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
    """A member is away between two instants."""

    id = IdField("abs")
    member = reference(Member, related_name="absences")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="absence_has_length"
            ),
        ]


class Address(Resource):
    """Where goods or invoices go. Without a unit it serves the whole company."""

    class Kind(models.TextChoices):
        SHIP_TO = "ship_to"
        BILL_TO = "bill_to"

    id = IdField("adr")
    company = reference(Company)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    unit = reference(Unit, null=True, blank=True)
    name = models.CharField(max_length=120)
    street = models.CharField(max_length=200)
    postcode = models.CharField(max_length=20)
    city = models.CharField(max_length=100)
    country = models.CharField(max_length=2)
    delivery_note = models.CharField(max_length=200, blank=True, default="")
    closed_at = models.DateTimeField(null=True, blank=True)


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


class ApiKey(Record):
    """A key for programs: shown once, stored as a hash, bound to one company and to scopes.

    A personal key (``member``) acts as the member who made it, and it alone may decide.
    """

    id = IdField("key")
    company = reference(Company)
    member = reference(Member, null=True, blank=True)
    created_by = reference(Member, null=True, blank=True)
    name = models.CharField(max_length=120)
    hint = models.CharField(max_length=16)
    secret_hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)


class NumberSequence(models.Model):
    """The last human number given out for a kind of thing (``REQ``, ``ORD``): gapless.

    The row is raised inside the transaction that uses the number, so a rollback gives it back.
    """

    company = reference(Company)
    kind = models.CharField(max_length=8)
    last = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "kind"], name="one_sequence_each")
        ]
