"""Reading what stands below the bell: access rows of the reader alone, so no event."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from placet.companies.holding import hold_actor
from placet.core.actor import Actor
from placet.core.errors import NotFound
from placet.core.transaction import transaction
from placet.notices.models import Notice
from placet.notices.queries import list_notices


@transaction
def read_notice(notice: Notice, *, actor: Actor, now: datetime) -> Notice:
    """The reader has seen this line; seen twice changes nothing. Raises ``NotFound``."""
    if notice.member_id != actor.member_id:
        raise NotFound(_("There is no such notice."))
    hold_actor(actor)
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=now)
    notice.refresh_from_db()
    return notice


@transaction
def read_all_notices(*, actor: Actor, now: datetime) -> int:
    """The reader has seen every line that they were shown until now; returns how many were new."""
    hold_actor(actor)
    return list_notices(actor).filter(read_at=None).order_by().update(read_at=now)
