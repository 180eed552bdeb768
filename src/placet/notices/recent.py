"""The bell of an installation that begins in the middle of things: lines, and no mails."""

from __future__ import annotations

from datetime import datetime

from placet.core.transaction import transaction
from placet.events.models import Event
from placet.notices.matrix import MATRIX, notices_of
from placet.notices.models import Notice
from placet.notices.outbox import lines_of
from placet.notices.preferences import read_wanted
from placet.notices.settling import settle_notices

MOST_EVENTS = 60


@transaction
def show_recent(*, since: datetime, now: datetime) -> int:
    """Put what people would have been told since then below their bells; returns how many lines.

    For a world that was loaded and mailed nobody. Whatever is answered by now counts as read.
    """
    recent = Event.objects.filter(type__in=MATRIX, created_at__gte=since)
    events = list(recent.order_by("-created_at", "-seq")[:MOST_EVENTS])
    told = [(event, telling) for event in events for telling in notices_of(event)]
    wanted = read_wanted({telling.member_id for _event, telling in told})
    lines = lines_of(told, wanted)
    Notice.objects.bulk_create(lines, ignore_conflicts=True)
    settle_notices(events, now=now)
    return len(lines)
