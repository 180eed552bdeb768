"""The words of the bell: the headline of the mail that says the same, as its reader may see it."""

from __future__ import annotations

from urllib.parse import urlsplit

import structlog
from django.db import DatabaseError
from django.db.models import F
from django.utils import translation

from placet.notices.letter import Dropped, Letter
from placet.notices.letters import WRITERS
from placet.notices.models import Mail, Notice
from placet.notices.rendering import recipient_of

log = structlog.get_logger("placet.notices")

BATCH = 50
MOST_ATTEMPTS = 3
LONGEST_HEADLINE = 250


def write_notices() -> int:
    """Write the lines that have no words yet; returns how many were looked at.

    What says nothing true any more is taken away, and what cannot be written is left after a few
    attempts without holding up the others.
    """
    bare = Notice.objects.filter(headline="", attempts__lt=MOST_ATTEMPTS)
    notices = list(bare.order_by("created_at", "id")[:BATCH])
    for notice in notices:
        _write(notice)
    return len(notices)


def _write(notice: Notice) -> None:
    rows = Notice.objects.filter(pk=notice.pk, headline="")
    rows.update(attempts=F("attempts") + 1)
    try:
        letter = _letter(notice)
    except Dropped:
        rows.delete()
    except DatabaseError:
        raise
    except Exception as error:
        log.error("notice.unreadable", notice_id=notice.pk, error=type(error).__name__)
    else:
        rows.update(headline=letter.subject[:LONGEST_HEADLINE], path=_path(letter))


def _letter(notice: Notice) -> Letter:
    """What a mail about the same would say; it is never stored or sent."""
    mail = Mail(
        member_id=notice.member_id,
        kind=notice.kind,
        subject_ref=notice.subject_ref,
        link_id=notice.link_id,
        event_id=notice.event_id,
    )
    recipient = recipient_of(mail)
    with translation.override(recipient.language):
        return WRITERS[notice.kind](mail, recipient)


def _path(letter: Letter) -> str:
    """Where the line leads inside the portal, whatever address the portal has."""
    parts = urlsplit(letter.page_url or letter.button_url)
    return f"{parts.path}#{parts.fragment}" if parts.fragment else parts.path
