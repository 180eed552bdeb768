"""Budgets as two-phase ledgers, and the guarded counters of a period.

A reservation ends in exactly one of commit, release or expire. The balances that stand on the
budget's row are kept by guarded updates and can be derived from the ledger; ``placet verify``
compares both.
"""

from __future__ import annotations

from django.db import models

from placet.companies.models import Company, Member
from placet.core.models import IdField, MinorUnitsField, Record, Resource, reference


def default_alert_percents() -> list[int]:
    """When the responsible member is told, unless the budget says otherwise."""
    return [80, 100]


class Budget(Resource):
    """An amount for an owner and one period ``[starts_at, ends_at)``, in the company's zone.

    A budget that comes back is a series of such rows, numbered from 1: each begins where the one
    before it ended. The newest row (``is_latest``) is also the definition of those to come:
    ``base_minor`` is what the next one begins with. ``series`` is the id of the first row, empty
    in that row itself. A company's credit with the merchant is an account of the same ledger.
    """

    class Account(models.TextChoices):
        BUDGET = "budget"
        CREDIT = "credit"

    class Period(models.TextChoices):
        ONCE = "once"
        WEEK = "week"
        MONTH = "month"
        QUARTER = "quarter"
        YEAR = "year"

    class Rollover(models.TextChoices):
        NONE = "none"
        LEFT = "left"
        ALL = "all"

    class OwnerKind(models.TextChoices):
        COMPANY = "company"
        UNIT = "unit"
        MEMBER = "member"
        COST_CENTER = "cost_center"
        CATEGORY = "category"

    class Mode(models.TextChoices):
        WARN = "warn"
        APPROVE = "approve"
        BLOCK = "block"

    class Basis(models.TextChoices):
        NET = "net"
        WITH_SHIPPING = "with_shipping"
        GROSS = "gross"

    id = IdField("bud")
    company = reference(Company)
    account = models.CharField(max_length=6, choices=Account.choices, default=Account.BUDGET)
    name = models.CharField(max_length=120)
    owner_kind = models.CharField(max_length=12, choices=OwnerKind.choices)
    owner_ref = models.CharField(max_length=40)
    owner_path = models.CharField(max_length=500, blank=True, default="")
    responsible = reference(Member, null=True, blank=True)
    currency = models.CharField(max_length=3)
    mode = models.CharField(max_length=8, choices=Mode.choices, default=Mode.APPROVE)
    basis = models.CharField(max_length=14, choices=Basis.choices, default=Basis.NET)
    period = models.CharField(max_length=7, choices=Period.choices, default=Period.ONCE)
    rollover = models.CharField(max_length=4, choices=Rollover.choices, default=Rollover.NONE)
    series = models.CharField(max_length=40, blank=True, default="")
    number = models.PositiveIntegerField(default=1)
    is_latest = models.BooleanField(default=True)
    base_minor = MinorUnitsField(default=0)
    alert_percents = models.JSONField(default=default_alert_percents)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    amount_minor = MinorUnitsField(default=0)
    committed_minor = MinorUnitsField(default=0)
    reserved_minor = MinorUnitsField(default=0)
    # Of a credit account only: what the company should have paid by now, as the merchant says.
    overdue_minor = MinorUnitsField(default=0)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="budget_has_length"
            ),
            models.CheckConstraint(
                condition=models.Q(reserved_minor__gte=0, committed_minor__gte=0),
                name="budget_sums_not_negative",
            ),
            models.UniqueConstraint(
                fields=["series", "number"],
                condition=~models.Q(series=""),
                name="one_budget_a_period",
            ),
            models.UniqueConstraint(
                fields=["company"],
                condition=models.Q(account="credit", closed_at__isnull=True),
                name="one_credit_a_company",
            ),
        ]
        indexes = [
            models.Index(fields=["company", "owner_kind", "owner_ref"], name="budget_by_owner"),
            models.Index(
                fields=["ends_at"],
                condition=models.Q(is_latest=True, closed_at__isnull=True)
                & ~models.Q(period="once"),
                name="budget_to_follow",
            ),
        ]

    @property
    def left_minor(self) -> int:
        """What is neither ordered nor waiting; negative when the budget is overdrawn."""
        left: int = self.amount_minor - self.committed_minor - self.reserved_minor
        return left

    @property
    def used_minor(self) -> int:
        """What is ordered or waiting."""
        used: int = self.committed_minor + self.reserved_minor
        return used

    @property
    def first_id(self) -> str:
        """The id of the series: that of its first period."""
        return self.series or self.id


class Reservation(Record):
    """An amount held in one budget for one revision; the unique row is the guard of its ledger.

    The revision of a change holds what it needs beyond the order; once that is given back and the
    whole is ordered, it is a row of its own beside the one that was released.
    """

    class Status(models.TextChoices):
        OPEN = "open"
        COMMITTED = "committed"
        RELEASED = "released"
        EXPIRED = "expired"
        REFUNDED = "refunded"

    id = IdField("rsv")
    budget = reference(Budget, related_name="reservations")
    requisition_id = models.CharField(max_length=40)
    revision_id = models.CharField(max_length=40)
    amount_minor = MinorUnitsField()
    committed_minor = MinorUnitsField(default=0)
    overdraft_minor = MinorUnitsField(default=0)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["budget", "revision_id"],
                condition=models.Q(status__in=["open", "committed"]),
                name="reserved_once",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    amount_minor__gte=0, committed_minor__lte=models.F("amount_minor")
                ),
                name="commit_at_most_reserved",
            ),
        ]
        indexes = [
            models.Index(fields=["requisition_id", "status"], name="reservation_by_req"),
            models.Index(
                fields=["budget", "created_at"],
                condition=models.Q(status="open"),
                name="open_reservations",
            ),
        ]


class LedgerEntry(Record):
    """One posting. Reserve, commit and adjust raise their sum; release and expire lower reserved.

    ``amount_minor`` is never negative except for ``adjust`` and ``transfer``. A commit of a
    reservation is two postings of one moment: ``commit`` for what was ordered and, where less was
    ordered than reserved, ``release`` for the remainder.
    """

    APPEND_ONLY = True

    class Kind(models.TextChoices):
        RESERVE = "reserve"
        COMMIT = "commit"
        RELEASE = "release"
        EXPIRE = "expire"
        ADJUST = "adjust"
        TRANSFER = "transfer"
        REFUND = "refund"

    id = IdField("len")
    budget = reference(Budget, related_name="entries")
    reservation = reference(Reservation, null=True, blank=True, related_name="entries")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    amount_minor = MinorUnitsField()
    currency = models.CharField(max_length=3)
    # How many minor units of the budget's currency one minor unit of the purchase was, as a ratio.
    rate_numerator = models.PositiveBigIntegerField(default=1)
    rate_denominator = models.PositiveBigIntegerField(default=1)
    requisition_id = models.CharField(max_length=40, blank=True, default="")
    actor_member = models.CharField(max_length=40, blank=True, default="")
    reason = models.CharField(max_length=400, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reservation", "kind"],
                condition=models.Q(reservation__isnull=False),
                name="one_entry_a_kind",
            ),
        ]
        indexes = [models.Index(fields=["budget", "created_at"], name="entry_by_budget")]


class BudgetTransfer(Record):
    """The two postings of a transfer belong together: what one budget gave, the other got."""

    APPEND_ONLY = True

    class Kind(models.TextChoices):
        TRANSFER = "transfer"
        ROLLOVER = "rollover"

    id = IdField("trf")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.TRANSFER)
    given = reference(LedgerEntry, related_name="given_by")
    got = reference(LedgerEntry, related_name="got_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["given"], name="given_once"),
            models.UniqueConstraint(fields=["got"], name="got_once"),
        ]


class BudgetAlert(Record):
    """That a budget's use reached a threshold: once a period and threshold."""

    budget = reference(Budget, related_name="alerts")
    percent = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["budget", "percent"], name="alerted_once"),
        ]


class PeriodCounter(models.Model):
    """Spend and number of orders of a member in one period, kept by guarded updates."""

    company = reference(Company)
    member = reference(Member)
    period = models.CharField(max_length=8)
    starts_on = models.DateField()
    currency = models.CharField(max_length=3)
    spend_minor = MinorUnitsField(default=0)
    orders = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "period", "starts_on", "currency"], name="one_counter_a_period"
            ),
            models.CheckConstraint(
                condition=models.Q(spend_minor__gte=0), name="counter_not_negative"
            ),
        ]


class PeriodCount(Record):
    """That a requisition counts in a period; the row goes when it is rejected or withdrawn."""

    id = IdField("cnt")
    counter = reference(PeriodCounter)
    requisition_id = models.CharField(max_length=40)
    spend_minor = MinorUnitsField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["counter", "requisition_id"], name="counted_once"),
        ]
