"""What was decided about a revision, and what became of it.

Every state change is a row that says who, when and by which channel. A decision takes effect when
``apply_decision`` ran for it; until then ``DecisionPending`` holds the place and can be retracted.
"""

from __future__ import annotations

from django.db import models

from placet.companies.models import Member
from placet.core.models import IdField, Record, reference
from placet.requisitions.models.requisition import Requisition, Revision
from placet.requisitions.models.step import Step


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

    class Meta:
        indexes = [
            models.Index(fields=["member", "-created_at", "-id"], name="decisions_of_member"),
        ]


class DecisionLine(models.Model):
    """What an approval left of one line of its revision; 0 rejects the line."""

    APPEND_ONLY = True

    decision = reference(Decision, related_name="lines")
    number = models.PositiveIntegerField()
    quantity = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "number"], name="line_decided_once"),
        ]


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


class Suggestion(Record):
    """Another quantity or a substitute for a line, until the buyer accepts it and is its author.

    ``line_number`` is a line of ``revision``; 0 suggests one more product. ``product_id`` is empty
    where only the quantity is another one.
    """

    class Status(models.TextChoices):
        OPEN = "open"
        ACCEPTED = "accepted"
        DECLINED = "declined"
        VOID = "void"

    id = IdField("sug")
    requisition = reference(Requisition, related_name="suggestions")
    revision = reference(Revision)
    step = reference("requisitions.Step", null=True, blank=True)
    member = reference(Member)
    line_number = models.PositiveIntegerField()
    product_id = models.CharField(max_length=40, blank=True, default="")
    quantity = models.PositiveBigIntegerField()
    note = models.CharField(max_length=400, blank=True, default="")
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.OPEN)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(quantity__gte=1, quantity__lte=1_000_000),
                name="suggested_quantity_in_range",
            ),
        ]
        indexes = [models.Index(fields=["requisition", "status"], name="suggestions_open")]
