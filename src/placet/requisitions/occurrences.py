"""Reading what came of a schedule, and which schedule a purchase came from."""

from __future__ import annotations

from django.db.models import QuerySet

from placet.carts.models import Schedule
from placet.core.actor import Actor
from placet.orders.content import Content
from placet.requisitions.models import Requisition, StandingOccurrence
from placet.requisitions.permissions import can_withdraw_envelope


def list_occurrences(schedule: Schedule) -> QuerySet[StandingOccurrence]:
    """What came of each occurrence, the last one first."""
    return schedule.occurrences.select_related("requisition").order_by("-number")


def find_schedule(requisition: Requisition) -> Schedule | None:
    """The schedule that submitted a purchase; nothing for every other purchase."""
    found = StandingOccurrence.objects.filter(requisition=requisition)
    row = found.select_related("schedule__owner__user", "schedule__company").first()
    return row.schedule if row else None


def may_withdraw_envelope(actor: Actor, requisition: Requisition, content: Content) -> bool:
    """Whether the actor may take back what the purchase's approvals cover."""
    schedule = find_schedule(requisition) if content.envelope else None
    return schedule is not None and can_withdraw_envelope(actor, schedule) is None
