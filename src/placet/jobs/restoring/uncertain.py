"""What a restored database does not know: whether the things in it happened again since."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from placet.carts.models import Schedule
from placet.events.models import Event, EventPending, EventPosition, Reader
from placet.notices.models import Mail
from placet.notices.outbox import READER as NOTICES
from placet.orders.models import Order
from placet.requisitions.models import DecisionPending, Step
from placet.webhooks.models import Delivery
from placet.webhooks.outbox import READER as WEBHOOKS

MOST = 20


class Uncertain(NamedTuple):
    """One kind of thing: how many, what happens when the hold ends, some of them in a line each."""

    what: str
    many: int
    consequence: str
    some: list[str]


def backup_ends_at() -> datetime | None:
    """When the last fact of this database happened."""
    return Event.objects.order_by("-created_at").values_list("created_at", flat=True).first()


def list_uncertain(*, now: datetime) -> Iterator[Uncertain]:
    """Everything that may have left, or happened, after the backup; nothing is changed."""
    yield from _letters()
    yield from _happenings(now)


def _letters() -> Iterator[Uncertain]:
    mails = Mail.objects.filter(status=Mail.Status.WAITING).order_by("next_attempt_at")
    yield Uncertain(
        "mails that wait",
        mails.count(),
        "They may have been sent: --mails says what becomes of them.",
        [f"{mail.pk} {mail.kind} about {mail.subject_ref}" for mail in mails[:MOST]],
    )
    deliveries = Delivery.objects.filter(status=Delivery.Status.WAITING).order_by("position")
    yield Uncertain(
        "webhooks that wait",
        deliveries.count(),
        "They may have been delivered: --webhooks says what becomes of them. A receiver knows "
        "them again by the same webhook-id.",
        [f"{one.event_id} {one.event_type} to {one.endpoint_id}" for one in deliveries[:MOST]],
    )
    behind = dict(Reader.objects.values_list("name", "position"))
    unread = EventPosition.objects.filter(
        position__gt=min(behind.get(NOTICES, 0), behind.get(WEBHOOKS, 0))
    )
    yield Uncertain(
        "facts of which nobody has been told",
        EventPending.objects.count() + unread.count(),
        "Their mails and webhooks are made when the hold ends, and go where those above go.",
        [],
    )


def _happenings(now: datetime) -> Iterator[Uncertain]:
    decisions = DecisionPending.objects.select_related("decision__step__requisition")
    yield Uncertain(
        "decisions that have not taken effect",
        decisions.count(),
        "They take effect when the hold ends; the ERP may have their orders already.",
        [one.decision.step.requisition.number for one in decisions[:MOST]],
    )
    orders = Order.objects.filter(status=Order.Status.UNPROCESSED).order_by("created_at")
    yield Uncertain(
        "orders that the ERP has not acknowledged",
        orders.count(),
        "They are handed out again when the ERP asks; it may have them under the same id.",
        [order.number for order in orders[:MOST]],
    )
    schedules = Schedule.objects.filter(status=Schedule.Status.ACTIVE, due_at__lte=now)
    yield Uncertain(
        "standing requisitions that are due",
        schedules.count(),
        "They happen when the hold ends; pause those that happened before the crash.",
        [schedule.pk for schedule in schedules.order_by("due_at")[:MOST]],
    )
    steps = Step.objects.filter(status=Step.Status.PENDING, due_at__lte=now)
    yield Uncertain(
        "steps that are overdue",
        steps.count(),
        "Reminders and escalations are made when the hold ends; their mails go where those above "
        "go.",
        [step.pk for step in steps.order_by("due_at")[:MOST]],
    )
