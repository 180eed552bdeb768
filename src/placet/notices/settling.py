"""A line of the bell that asks for an answer is over once its reader is not asked any more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef

from placet.events.models import Event
from placet.notices.models import Notice
from placet.requisitions.models import Step, StepAssignment

ASKING = ("decide", "reminder", "escalated", "nudged")
"""Kinds whose subject is a step that waits for the reader."""


def settle_notices(events: Iterable[Event], *, now: datetime) -> int:
    """Mark as read what asks people who have answered, or who are not asked since these events.

    Each event about a requisition leads to its steps; returns how many lines were settled.
    """
    touched = {event.subject for event in events if event.subject.startswith("req_")}
    if not touched:
        return 0
    still_asked = StepAssignment.objects.filter(
        step_id=OuterRef("subject_ref"), member_id=OuterRef("member_id"), is_open=True
    )
    steps = Step.objects.filter(requisition_id__in=touched)
    return (
        Notice.objects.filter(kind__in=ASKING, read_at=None, subject_ref__in=steps.values("pk"))
        .exclude(Exists(still_asked))
        .update(read_at=now)
    )
