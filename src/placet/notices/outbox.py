"""The reader ``notices`` of the outbox: a row for each mail to send and each line of the bell."""

from __future__ import annotations

from datetime import datetime

import structlog
from django.db import DatabaseError

from placet.companies.models import Member
from placet.core.transaction import transaction
from placet.events.actions import lock_reader
from placet.events.models import Event, EventPosition, Reader
from placet.events.queries import list_outbox
from placet.notices.matrix import Telling, notices_of
from placet.notices.models import Mail, Notice
from placet.notices.preferences import WantedOf, read_wanted
from placet.notices.settling import settle_notices
from placet.notices.topics import TOPIC_OF_KIND

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
    wanted = read_wanted({telling.member_id for _event, telling in told})
    Mail.objects.bulk_create(_mails(told, wanted, now), ignore_conflicts=True)
    Notice.objects.bulk_create(lines_of(told, wanted), ignore_conflicts=True)
    settle_notices(events, now=now)
    reader.position = events[-1].place.position
    reader.save(update_fields=["position"])
    return len(events)


def _understood(event: Event) -> list[Telling]:
    try:
        return notices_of(event)
    except DatabaseError:
        raise
    except Exception as error:
        log.error("notice.passed_over", event_id=event.id, error=type(error).__name__)
        return []


def _mails(told: list[tuple[Event, Telling]], wanted: WantedOf, now: datetime) -> list[Mail]:
    members = Member.objects.select_related("user").in_bulk(
        {telling.member_id for _event, telling in told}
    )
    to_strangers = [
        Mail(
            created_at=now,
            company_id=event.company_id,
            address=telling.address,
            kind=telling.kind,
            subject_ref=telling.subject_ref,
            event_id=event.id,
            next_attempt_at=now,
        )
        for event, telling in told
        if telling.address
    ]
    return to_strangers + [
        Mail(
            created_at=now,
            # The recipient's company, so that nobody finds the merchant's people in their list.
            company_id=member.company_id,
            member_id=member.pk,
            address=member.user.email,
            kind=telling.kind,
            subject_ref=telling.subject_ref,
            link_id=telling.link_id,
            event_id=event.id,
            next_attempt_at=now,
        )
        for event, telling in told
        if (member := members.get(telling.member_id)) is not None
        and wanted(telling.member_id, telling.kind).mail
    ]


def lines_of(told: list[tuple[Event, Telling]], wanted: WantedOf) -> list[Notice]:
    """Lines of the bell and of the daily mail; their words are written afterwards."""
    return [
        Notice(
            created_at=event.created_at,
            member_id=telling.member_id,
            topic=TOPIC_OF_KIND[telling.kind].key,
            kind=telling.kind,
            subject_ref=telling.subject_ref,
            link_id=telling.link_id,
            event_id=event.id,
            in_app=where.in_app,
            in_digest=where.digest,
        )
        for event, telling in told
        if telling.member_id
        and telling.kind in TOPIC_OF_KIND
        and (where := wanted(telling.member_id, telling.kind))[1:] != (False, False)
    ]
