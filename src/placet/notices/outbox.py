"""The reader ``notices`` of the outbox: one row for each mail that has to be sent."""

from __future__ import annotations

from datetime import datetime

import structlog
from django.db import DatabaseError

from placet.companies.models import Member
from placet.core.transaction import transaction
from placet.events.actions import lock_reader
from placet.events.models import Event, EventPosition, Reader
from placet.events.queries import list_outbox
from placet.notices.matrix import Notice, notices_of
from placet.notices.models import Mail

log = structlog.get_logger("placet.notices")

READER = "notices"
BATCH = 200


def read_outbox(*, now: datetime) -> int:
    """Make the mails of the next events and move on; returns how many events were read.

    Rows and position are written in one transaction, so nobody is told twice and no event is lost.
    An event that cannot be understood is logged and passed over: it must not silence all others.
    ``now`` is real time: a mail is due at once.
    """
    if not _has_news():
        return 0
    try:
        return _read(BATCH, now=now, is_careful=False)
    except DatabaseError:
        raise  # The database is in trouble, not the event: the next sweep tries again.
    except Exception:
        return _read(BATCH, now=now, is_careful=True)


def _has_news() -> bool:
    """A look without a lock, so that an idle installation writes nothing."""
    reader = Reader.objects.filter(name=READER).first()
    position = reader.position if reader else 0
    return EventPosition.objects.filter(position__gt=position).exists()


@transaction
def _read(limit: int, *, now: datetime, is_careful: bool) -> int:
    reader = lock_reader(READER)
    events = list_outbox(reader.position, limit)
    if not events:
        return 0
    told = [
        (event, notice)
        for event in events
        for notice in (_understood(event) if is_careful else notices_of(event))
    ]
    Mail.objects.bulk_create(_mails(told, now), ignore_conflicts=True)
    reader.position = events[-1].place.position
    reader.save(update_fields=["position"])
    return len(events)


def _understood(event: Event) -> list[Notice]:
    try:
        return notices_of(event)
    except DatabaseError:
        raise
    except Exception as error:
        log.error("notice.passed_over", event_id=event.id, error=type(error).__name__)
        return []


def _mails(told: list[tuple[Event, Notice]], now: datetime) -> list[Mail]:
    members = Member.objects.select_related("user").in_bulk(
        {notice.member_id for _event, notice in told}
    )
    to_strangers = [
        Mail(
            created_at=now,
            company_id=event.company_id,
            address=notice.address,
            kind=notice.kind,
            subject_ref=notice.subject_ref,
            event_id=event.id,
            next_attempt_at=now,
        )
        for event, notice in told
        if notice.address
    ]
    return to_strangers + [
        Mail(
            created_at=now,
            # The recipient's company, so that nobody finds the merchant's people in their list.
            company_id=member.company_id,
            member_id=member.pk,
            address=member.user.email,
            kind=notice.kind,
            subject_ref=notice.subject_ref,
            link_id=notice.link_id,
            event_id=event.id,
            next_attempt_at=now,
        )
        for event, notice in told
        if (member := members.get(notice.member_id)) is not None
    ]
