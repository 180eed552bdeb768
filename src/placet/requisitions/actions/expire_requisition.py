"""Nobody decided for so long that nobody will: the purchase ends, and what it held is free.

It never becomes an approval. The content is kept: its cart is open again. A change of an order that
is approved and cannot be taken over ends as well, since the supplier waits for it with an order
that is neither the one nor the other: the order stays as it was.
"""

from __future__ import annotations

from datetime import datetime

import structlog
from django.db.models import Exists, OuterRef

from placet.companies.models import Company
from placet.core.transaction import transaction
from placet.events.record import record
from placet.orders.models import Order
from placet.requisitions.actions.end_requisition import end_requisition
from placet.requisitions.changing import find_changed
from placet.requisitions.lifecycle import lock_requisition
from placet.requisitions.models import DecisionPending, Requisition
from placet.requisitions.timers import acting_alone

log = structlog.get_logger("placet.requisitions")

UNANSWERED = (Requisition.Status.PENDING, Requisition.Status.CHANGES_REQUESTED)


def expire_due_requisitions(*, now: datetime, limit: int = 200) -> int:
    """End the purchases whose time is over; returns how many ended.

    An answer that may still be undone is waited for, and in a company that is suspended, where
    nobody could answer, nothing expires.
    """
    late = Requisition.objects.filter(
        expires_at__lte=now, company__status=Company.Status.ACTIVE
    ).order_by("expires_at", "id")
    held = DecisionPending.objects.filter(step__requisition=OuterRef("pk"))
    unanswered = late.filter(status__in=UNANSWERED).exclude(Exists(held))
    changing = Order.objects.filter(status=Order.Status.CHANGING).values("requisition_id")
    stuck = late.filter(status=Requisition.Status.PLACEMENT_FAILED, pk__in=changing)
    due = [*unanswered.values_list("id", flat=True)[:limit]]
    due += stuck.values_list("id", flat=True)[: limit - len(due)]
    return sum(_done(requisition_id, now) for requisition_id in due)


def _done(requisition_id: str, now: datetime) -> bool:
    try:
        return expire_requisition(requisition_id, now=now)
    except Exception as error:
        log.error("requisition.not_expired", requisition=requisition_id, error=type(error).__name__)
        return False


@transaction
def expire_requisition(requisition_id: str, *, now: datetime) -> bool:
    """End one purchase if its time is over; returns whether this ended it."""
    requisition = lock_requisition(requisition_id)
    expires_at = requisition.expires_at
    if not _may_expire(requisition) or expires_at is None or expires_at > now:
        return False
    if DecisionPending.objects.filter(step__requisition=requisition).exists():
        return False
    actor = acting_alone(requisition.company)
    if not end_requisition(requisition, verb="expire", actor=actor, now=now):
        return True
    record(
        "requisition.expired",
        requisition.pk,
        actor=actor,
        now=now,
        company_id=requisition.company_id,
        requisition=requisition.pk,
        number=requisition.number,
    )
    return True


def _may_expire(requisition: Requisition) -> bool:
    """What waits for an answer, and what is approved and cannot become the change of its order."""
    if requisition.status == Requisition.Status.PLACEMENT_FAILED:
        return find_changed(requisition) is not None
    return requisition.status in UNANSWERED
