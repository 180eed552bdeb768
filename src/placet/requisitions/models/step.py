"""The steps that a revision needs, and whom each asks."""

from __future__ import annotations

from django.db import models

from placet.companies.models import Member
from placet.core.models import IdField, MinorUnitsField, Record, reference, unique_with_null
from placet.requisitions.models.requisition import Requisition, Revision


class Step(Record):
    """One approval to be given for a revision: rank, quorum, due time, reasons as data.

    ``restaffed`` is the plan's step with the people whom it has now, once these are others than
    those of the confirmed plan. A step that no rule asked for names who added it in ``added_by``
    and stands whole in ``restaffed``.

    ``remind_at`` is the next moment at which somebody has to be told, and ``reminders`` how many
    were: half of the time, the end of it, and the escalation after it.
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
    added_by = reference(Member, null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    remind_at = models.DateTimeField(null=True, blank=True, db_index=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["side"], condition=models.Q(status="pending"), name="pending_steps_by_side"
            ),
            models.Index(
                fields=["remind_at", "id"],
                condition=models.Q(status="pending"),
                name="pending_steps_to_remind",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["revision", "position"], name="step_position_once"),
            models.CheckConstraint(condition=models.Q(quorum__gte=1), name="quorum_at_least_one"),
        ]


class Referral(Record):
    """A colleague asked somebody else at a step: handed on a seat, or added an approver.

    ``step`` is where ``to`` is asked. ``note`` is for their eyes and for the company's people.
    """

    APPEND_ONLY = True

    class Kind(models.TextChoices):
        FORWARDED = "forwarded"
        ADDED = "added"

    id = IdField("rfl")
    step = reference(Step, related_name="referrals")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    member = reference(Member)
    to = reference(Member)
    note = models.CharField(max_length=400, blank=True, default="")


class StepAssignment(models.Model):
    """A row of somebody's inbox: who may decide a step, and for whom. Made for reading lists.

    ``principal`` is set where the member would decide for somebody else. A row ``is_given`` where
    somebody handed it on: it stays when the rules choose the step's people anew. The total is that
    of the step's revision, here for the order of the list; a row that an older version wrote
    beside this one has no currency.
    """

    step = reference(Step, related_name="assignments")
    requisition = reference(Requisition, related_name="assignments")
    member = reference(Member)
    principal = reference(Member, null=True, blank=True)
    is_given = models.BooleanField(default=False)
    is_open = models.BooleanField(default=False)
    decided_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True, default="", db_default="")
    total_minor = MinorUnitsField(default=0, db_default=0)

    class Meta:
        constraints = unique_with_null("assigned_once", ["step", "member"], "principal")
        indexes = [
            models.Index(fields=["member", "is_open", "due_at"], name="inbox"),
            models.Index(
                fields=["due_at"], condition=models.Q(is_open=True), name="open_seats_by_due"
            ),
            models.Index(
                fields=["member", "currency", "total_minor", "id"],
                condition=models.Q(is_open=True),
                name="inbox_by_total",
            ),
        ]


class Nudge(Record):
    """The requester asked the people of a step to hurry; a row each, so that it stays rare."""

    id = IdField("ndg")
    step = reference(Step, related_name="nudges")
    member = reference(Member)

    class Meta:
        indexes = [models.Index(fields=["step", "-created_at"], name="nudges_of_step")]


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
