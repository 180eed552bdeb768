"""Requisitions: frozen revisions, the steps that they need, and what was decided about them.

Every state change is a row that says who, when and by which channel. A decision takes effect when
``apply_decision`` ran for it; until then ``DecisionPending`` holds the place and can be retracted.
"""

from __future__ import annotations

from django.db import models

from placet.companies.models import Company, Member, Unit
from placet.core.models import (
    IdField,
    MinorUnitsField,
    Record,
    Resource,
    reference,
    unique_with_null,
)
from placet.threads.models import Thread


class Requisition(Resource):
    """A purchase on its way to approval; human number ``REQ-…``, gapless per company."""

    class Status(models.TextChoices):
        PENDING = "pending"
        CHANGES_REQUESTED = "changes_requested"
        APPROVED = "approved"
        ORDERED = "ordered"
        REJECTED = "rejected"
        WITHDRAWN = "withdrawn"
        EXPIRED = "expired"
        PLACEMENT_FAILED = "placement_failed"

    id = IdField("req")
    company = reference(Company)
    unit = reference(Unit)
    number = models.CharField(max_length=20)
    requester = reference(Member)
    name = models.CharField(max_length=120)
    status = models.CharField(max_length=18, choices=Status.choices, default=Status.PENDING)
    source = models.CharField(max_length=12, default="cart")
    cart_id = models.CharField(max_length=40, blank=True, default="")
    rebuilt_from = reference("self", null=True, blank=True)
    revision = reference("requisitions.Revision", null=True, blank=True)
    currency = models.CharField(max_length=3)
    total_minor = MinorUnitsField()
    po_number = models.CharField(max_length=60, blank=True, default="")
    submitted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    thread = reference(Thread, null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "number"], name="requisition_number_once"),
            models.UniqueConstraint(
                fields=["cart_id"],
                condition=models.Q(
                    status__in=["pending", "changes_requested", "approved", "placement_failed"]
                )
                & ~models.Q(cart_id=""),
                name="one_open_requisition_a_cart",
            ),
        ]
        indexes = [
            models.Index(fields=["company", "status", "-submitted_at"], name="req_by_status"),
            models.Index(fields=["requester", "-submitted_at"], name="req_by_requester"),
            models.Index(fields=["status", "-submitted_at"], name="req_awaiting"),
        ]


class Revision(Record):
    """The exact canonical bytes that were hashed when they were frozen; they never change.

    ``plan`` is the plan that was shown and confirmed, ``rulebook_versions`` the versions that it
    was made from.
    """

    APPEND_ONLY = True

    id = IdField("rev")
    requisition = reference(Requisition, related_name="revisions")
    number = models.PositiveIntegerField()
    format = models.PositiveSmallIntegerField(default=1)
    content = models.BinaryField()
    content_hash = models.CharField(max_length=64)
    plan = models.TextField()
    plan_hash = models.CharField(max_length=64)
    rulebook_versions = models.JSONField(default=list)
    authors = models.JSONField(default=list)
    submitted_by = reference(Member)
    goods_minor = MinorUnitsField()
    shipping_minor = MinorUnitsField()
    tax_minor = MinorUnitsField()
    total_minor = MinorUnitsField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["requisition", "number"], name="revision_once"),
        ]


class RevisionLine(models.Model):
    """A line of a revision: a projection of its content, for lists and searches."""

    revision = reference(Revision, related_name="lines")
    number = models.PositiveIntegerField()
    product_id = models.CharField(max_length=40, blank=True, default="")
    sku = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    pack = models.CharField(max_length=60)
    category_path = models.CharField(max_length=400, blank=True, default="")
    quantity = models.PositiveBigIntegerField()
    unit_price_minor = MinorUnitsField()
    price_quantity = models.PositiveIntegerField(default=1)
    last_paid_minor = MinorUnitsField(null=True, blank=True)
    total_minor = MinorUnitsField()
    thread = reference(Thread, null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["revision", "number"], name="line_once")]


class Step(Record):
    """One approval to be given for a revision: rank, quorum, due time, reasons as data.

    ``restaffed`` is the plan's step with the people whom it has now, once these are others than
    those of the confirmed plan.
    """

    class Status(models.TextChoices):
        WAITING = "waiting"
        PENDING = "pending"
        APPROVED = "approved"
        REJECTED = "rejected"
        VOID = "void"

    id = IdField("stp")
    requisition = reference(Requisition, related_name="steps")
    revision = reference(Revision, related_name="steps")
    key = models.CharField(max_length=80)
    position = models.PositiveIntegerField()
    side = models.CharField(max_length=8)
    rank = models.IntegerField()
    label = models.JSONField(default=list)
    quorum = models.PositiveIntegerField()
    is_distinct = models.BooleanField(default=False)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.WAITING)
    reasons = models.JSONField(default=list)
    restaffed = models.JSONField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["revision", "position"], name="step_position_once"),
            models.CheckConstraint(condition=models.Q(quorum__gte=1), name="quorum_at_least_one"),
        ]


class StepAssignment(models.Model):
    """A row of somebody's inbox: who may decide a step, and for whom. Made for reading lists.

    ``principal`` is set where the member would decide for somebody else. A row ``is_given`` where
    somebody handed it on: it stays when the rules choose the step's people anew.
    """

    step = reference(Step, related_name="assignments")
    requisition = reference(Requisition, related_name="assignments")
    member = reference(Member)
    principal = reference(Member, null=True, blank=True)
    is_given = models.BooleanField(default=False)
    is_open = models.BooleanField(default=False)
    decided_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = unique_with_null("assigned_once", ["step", "member"], "principal")
        indexes = [models.Index(fields=["member", "is_open", "due_at"], name="inbox")]


class Decision(Record):
    """What one member said at one step about one revision; it counts once it is applied.

    ``effective_at`` is when it takes effect; ``content_hash`` is what the human saw.
    """

    APPEND_ONLY = True

    class Kind(models.TextChoices):
        APPROVE = "approve"
        REJECT = "reject"
        REQUEST_CHANGES = "request_changes"

    id = IdField("dec")
    step = reference(Step, related_name="decisions")
    revision = reference(Revision, related_name="decisions")
    member = reference(Member)
    principal = reference(Member, null=True, blank=True)
    user_id = models.CharField(max_length=40)
    person_user_id = models.CharField(max_length=40)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    content_hash = models.CharField(max_length=64)
    channel = models.CharField(max_length=10)
    reason = models.CharField(max_length=2000, blank=True, default="")
    effective_at = models.DateTimeField()


class DecisionPending(models.Model):
    """A decision before it takes effect; removing the row is the right to apply or retract."""

    decision = models.OneToOneField(
        Decision, on_delete=models.PROTECT, primary_key=True, related_name="pending"
    )
    step = reference(Step)
    user_id = models.CharField(max_length=40)
    effective_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["step", "user_id"], name="one_pending_vote_each"),
        ]


class DecisionOutcome(Record):
    """What became of a decision: applied, retracted by its author, or lapsed with the reason.

    ``vote`` repeats the step and the human of an applied decision: one human, one vote a step.
    """

    APPEND_ONLY = True

    class Kind(models.TextChoices):
        APPLIED = "applied"
        RETRACTED = "retracted"
        LAPSED = "lapsed"

    decision = models.OneToOneField(
        Decision, on_delete=models.PROTECT, primary_key=True, related_name="outcome"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    reason = models.CharField(max_length=200, blank=True, default="")
    vote = models.CharField(max_length=90, null=True, blank=True, unique=True)


class CarryOver(Record):
    """The recorded fact that a decision given for one revision still counts for a later one."""

    APPEND_ONLY = True

    id = IdField("cov")
    decision = reference(Decision, related_name="carry_overs")
    step = reference(Step, related_name="carry_overs")
    reason = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "step"], name="carried_once"),
        ]


class DecisionLink(Record):
    """What a mail link authorises: one person, one step, one revision, until it expires.

    The token is the id and an HMAC of it, so nothing secret is stored and a mail that is sent again
    carries the same link.
    """

    id = IdField("dlk")
    step = reference(Step, related_name="links")
    revision = reference(Revision)
    member = reference(Member)
    principal = reference(Member, null=True, blank=True)
    expires_at = models.DateTimeField()

    class Meta:
        constraints = unique_with_null("one_link_each", ["step", "revision", "member"], "principal")
