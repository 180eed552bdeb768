"""What came of each occurrence of a schedule, and who took an envelope back."""

from __future__ import annotations

from django.db import models

from placet.carts.models import Schedule
from placet.companies.models import Member
from placet.core.models import IdField, Record, reference
from placet.requisitions.models.requisition import Requisition


class StandingOccurrence(Record):
    """One occurrence of a schedule, once: a reminder, a requisition, or why there was none.

    ``problem`` is the code of what paused the schedule instead of buying.
    """

    APPEND_ONLY = True

    id = IdField("occ")
    schedule = reference(Schedule, related_name="occurrences")
    number = models.PositiveIntegerField()
    due_on = models.DateField()
    requisition = reference(Requisition, null=True, blank=True)
    problem = models.CharField(max_length=40, blank=True, default="")
    problem_about = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["schedule", "number"], name="occurs_once"),
            models.UniqueConstraint(fields=["requisition"], name="requisition_occurs_once"),
            models.UniqueConstraint(
                fields=["schedule", "due_on"],
                condition=models.Q(requisition__isnull=False),
                name="bought_once_a_day",
            ),
        ]


class EnvelopeWithdrawal(Record):
    """Somebody took an envelope back: approvals that were given before cover nothing later."""

    APPEND_ONLY = True

    id = IdField("env")
    schedule = reference(Schedule, related_name="withdrawals")
    member = reference(Member)
