"""Who people are: users, companies, their units and their members."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from placet.core.models import IdField, MinorUnitsField, Record, Resource, reference

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


def monday_to_friday() -> list[int]:
    """The working days of a company that has not said otherwise."""
    return [1, 2, 3, 4, 5]


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

    class SecondFactor(models.TextChoices):
        OPTIONAL = "optional"
        DECIDERS = "deciders"
        EVERYBODY = "everybody"

    id = IdField("cmp")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ACTIVE)
    # Why the merchant suspended it, for the merchant's people alone; empty while it is active.
    suspended_reason = models.CharField(max_length=400, blank=True, default="")
    suspended_at = models.DateTimeField(null=True, blank=True)
    currency = models.CharField(max_length=3)
    language = models.CharField(max_length=8, default="en")
    time_zone = models.CharField(max_length=60, default="UTC")
    fiscal_year_month = models.PositiveSmallIntegerField(default=1)
    tax_number = models.CharField(max_length=40, blank=True, default="")
    payment_terms = models.CharField(max_length=40, default="net_30")
    # What its people may choose instead, by code; nothing but the usual ones where it is empty.
    offered_terms = models.JSONField(default=list, blank=True)
    # Whether the merchant's staff may submit purchases for its members.
    allows_on_behalf = models.BooleanField(default=True)
    po_pattern = models.CharField(max_length=100, blank=True, default="")
    po_hint = models.CharField(max_length=100, blank=True, default="")
    # Deciding by mail without a sign-in is off for a business until it says up to which amount.
    mail_decisions = models.CharField(
        max_length=10, choices=MailDecisions.choices, default=MailDecisions.SIGN_IN
    )
    mail_decisions_up_to_minor = MinorUnitsField(default=0)
    # Who has to have a second factor before any page of the company opens.
    second_factor = models.CharField(
        max_length=10, choices=SecondFactor.choices, default=SecondFactor.OPTIONAL
    )
    # When its people work: times to answer count these. Days are 1, a Monday, to 7.
    working_days = models.JSONField(default=monday_to_friday)
    work_starts = models.TimeField(default=time(9))
    work_ends = models.TimeField(default=time(17))
    holiday_country = models.CharField(max_length=2, blank=True, default="")
    holiday_region = models.CharField(max_length=20, blank=True, default="")
    closed_days = models.JSONField(default=list, blank=True)
    # Working hours to answer in where no rule says other, and days until nobody answers any more.
    answer_hours = models.PositiveSmallIntegerField(default=8)
    expire_days = models.PositiveSmallIntegerField(default=30)

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
    # The form of its PO numbers; empty is that of the unit above, at last of the company.
    po_pattern = models.CharField(max_length=100, blank=True, default="")
    po_hint = models.CharField(max_length=100, blank=True, default="")
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
    # Working hours of their own, in their own zone; without any they work as the company does.
    working_days = models.JSONField(null=True, blank=True)
    work_starts = models.TimeField(null=True, blank=True)
    work_ends = models.TimeField(null=True, blank=True)
    # Set by an invitation; who was invited has come once they have a password of their own.
    invited_at = models.DateTimeField(null=True, blank=True)
    deactivated_at = models.DateTimeField(null=True, blank=True)
    # Of the merchant's staff: whether all customers are theirs to see, or those given to them.
    sees_all_customers = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "user"], name="one_membership_each"),
        ]
        indexes = [models.Index(fields=["company", "status"], name="member_by_status")]
